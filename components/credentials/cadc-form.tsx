"use client";

import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { type FormEvent, useId, useRef, useState } from "react";
import type { ProviderView } from "#lib/api/view.ts";

/** Name and password of a CADC account. The password goes to CADC and is forgotten; what CADC gives for it is kept, encrypted. */
export function CadcForm({ provider, from }: { provider: ProviderView; from: string }) {
  const id = useId();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [isAsking, setAsking] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function enter(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isAsking) return;
    setAsking(true);
    setWrong(null);
    const given = Object.fromEntries(new FormData(event.currentTarget));
    const answer = await signIn(provider.name, { ...given, redirect: false }).catch(() => null);
    if (answer?.ok) {
      router.replace(from);
      router.refresh();
      return;
    }
    setAsking(false);
    form.current?.querySelector<HTMLInputElement>("[type=password]")?.select();
    setWrong(sentenceOf(answer, provider.title));
  }

  return (
    <form ref={form} className="cadc" onSubmit={enter} aria-label={`Sign in with ${provider.title}`}>
      <div className="field">
        <label htmlFor={`${id}-name`}>Name at {provider.title}</label>
        {/* biome-ignore lint/a11y/noAutofocus: it appears because it was asked for */}
        <input id={`${id}-name`} className="input" name="username" autoComplete="username" required autoFocus />
      </div>
      <div className="field">
        <label htmlFor={`${id}-password`}>Password</label>
        <input
          id={`${id}-password`}
          className="input"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-wrong ${id}-hint`}
        />
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {wrong}
        </p>
        <p id={`${id}-hint`} className="hint">
          It goes to {provider.title} and is not kept. What {provider.title} gives for it is, encrypted.
        </p>
      </div>
      <button className="btn primary big wide" type="submit" aria-disabled={isAsking}>
        {isAsking ? `Asking ${provider.title}…` : "Sign in"}
      </button>
    </form>
  );
}

/** Only these words may come back from the server: see lib/auth/cadc-sign-in.ts. */
function sentenceOf(answer: { error?: string | null; status: number } | null | undefined, title: string): string {
  if (answer?.status === 401 && answer.error === "CredentialsSignin")
    return "That name and password do not belong together.";
  if (answer?.error === "unwell") return `${title} does not answer as it should. Try again in a minute.`;
  if (answer?.error === "another") return "That account belongs to somebody else here. Sign out first.";
  if (answer?.error === "many") return "That was tried too often. Wait a minute.";
  return "The server did not answer. Try again.";
}
