"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { ProviderView } from "#lib/api/view.ts";
import { CadcForm } from "./cadc-form.tsx";

interface ProviderWayProps {
  readonly provider: ProviderView;
  /** “Sign in with”, “Sign in again with”, “Connect”. */
  readonly verb: string;
  /** What it is for. */
  readonly words: string;
  /** Where one comes back to. */
  readonly from: string;
  readonly isFirst?: boolean;
}

/** The way in by one provider: OpenID Connect goes there and comes back; CADC asks for the name and the password here. */
export function ProviderWay({ provider, verb, words, from, isFirst = false }: ProviderWayProps) {
  const [state, setState] = useState<"closed" | "going" | "asking">("closed");
  const enter = () => {
    if (provider.kind === "cadc") return setState(state === "asking" ? "closed" : "asking");
    setState("going");
    void signIn(provider.name, { callbackUrl: from });
  };
  return (
    <div className="way-in">
      <button
        type="button"
        className={isFirst ? "way first" : "way"}
        onClick={enter}
        aria-disabled={state === "going"}
        {...(provider.kind === "cadc" && { "aria-expanded": state === "asking" })}
      >
        <Icon name="key" />
        <b>{state === "going" ? `Going to ${provider.title}…` : `${verb} ${provider.title}`}</b>
        <span>{words}</span>
        <Icon name={state === "asking" ? "down" : "arrow"} />
      </button>
      {state === "asking" && <CadcForm provider={provider} from={from} />}
    </div>
  );
}
