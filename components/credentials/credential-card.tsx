"use client";

import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { CredentialView, MissingSignInView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { at, lastsInWords, standingOf, usesInWords } from "./credential-words.ts";
import { ProviderWay } from "./provider-way.tsx";
import { WithdrawCredential } from "./withdraw-credential.tsx";

interface CredentialCardProps {
  readonly credential: CredentialView;
  /** Sessions that need a new sign-in. */
  readonly missing: readonly MissingSignInView[];
  readonly back: string;
  readonly now: Millis;
}

/** One sign-in: how it stands, what it is for, when it goes, and the two ways: sign in again, take it back. */
export function CredentialCard({ credential, missing, back, now }: CredentialCardProps) {
  const id = useId();
  const zones = useZones();
  const { provider, knownAs, platforms, held } = credential;
  const standing = standingOf(credential);
  const first = missing[0];
  const isNeeded = standing.word !== "Good" || missing.length > 0;
  const uses = held && usesInWords(held);
  return (
    <li>
      <section className={`panel held-one t-${standing.tone}`} aria-labelledby={id}>
        <header className="spread">
          <h2 id={id}>{provider.title}</h2>
          <p className="standing">
            <Icon name={standing.icon} />
            {standing.word}
          </p>
        </header>
        {held?.deadWhy && held.withdrawnAt === null && <p className="t-warning why-dead">{held.deadWhy}</p>}
        {first && (
          <p className="why-dead t-warning">
            {first.isStarted
              ? "A session of yours cannot be ended for you without a new sign-in."
              : first.startsAt > now
                ? `Sign in again before ${at(first.startsAt, zones)}: a session of yours starts then.`
                : "A session of yours waits for it right now."}
          </p>
        )}
        <dl className="facts">
          <Fact name="For">{platforms.length === 0 ? "who you are" : platforms.join(", ")}</Fact>
          {knownAs !== null && <Fact name="You there">{knownAs}</Fact>}
          {held && (
            <>
              <Fact name="Held since">{at(held.since, zones)}</Fact>
              <Fact name="Lasts">
                {held.deadWhy === null ? lastsInWords(held, provider.title, zones) : "no longer"}
              </Fact>
              <Fact name="Last proven">{at(held.provenAt, zones)}</Fact>
              <Fact name="Needed for">{uses ?? "nothing at the moment"}</Fact>
              {held.deletedAt !== null && held.withdrawnAt === null && (
                <Fact name="Deleted">{at(held.deletedAt, zones)}, if you book nothing more</Fact>
              )}
              {held.withdrawnAt !== null && (
                <Fact name="Deleted">as soon as what runs is removed; nothing starts with it any more</Fact>
              )}
            </>
          )}
        </dl>
        <div className="row acts">
          <ProviderWay
            provider={provider}
            verb={held === null && knownAs === null ? "Sign in with" : "Sign in again with"}
            words={isNeeded ? "and come back here" : "replaces what is held"}
            from={back}
            isFirst={isNeeded}
          />
          {held && held.withdrawnAt === null && <WithdrawCredential credential={credential} />}
        </div>
      </section>
    </li>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
