"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { EmptyPanel } from "#components/ui/empty-panel.tsx";
import { LiveState } from "#components/ui/live-state.tsx";
import { Note } from "#components/ui/note.tsx";
import { credentialsQuery } from "#lib/client/credentials-query.ts";
import { useNow } from "#lib/client/use-now.ts";
import { CredentialCard } from "./credential-card.tsx";
import "./credentials.css";

interface CredentialsDeskProps {
  /** Why a sign-in that was just tried did not work. */
  readonly trouble: string | null;
  /** Where one goes on after a new sign-in. */
  readonly back: string;
}

/** Everything that Meridian holds to act for this person: with whom, what for, until when, and the way to take it back. */
export function CredentialsDesk({ trouble, back }: CredentialsDeskProps) {
  const { data } = useSuspenseQuery(credentialsQuery);
  const now = useNow(data.now);
  return (
    <main id="main" className="page credentials">
      <div className="top">
        <h1>What Meridian holds for you</h1>
        <p className="sum">
          <LiveState />
        </p>
      </div>
      <p className="quiet lead">
        Meridian starts your sessions while you are away, and removes them at their end, in your name. For that it keeps
        what a sign-in gave it: encrypted, on the server, for these platforms only. Your password is never kept.
      </p>
      {trouble !== null && (
        <Note tone="failed" icon="failed">
          <p role="alert">{trouble}</p>
        </Note>
      )}
      {data.credentials.length === 0 ? (
        <EmptyPanel
          tone="closed"
          icon="key"
          heading="h2"
          title="Nothing, and nothing is needed"
          words="No platform here needs a sign-in of yours: sessions run on this machine."
        />
      ) : (
        <ul className="held-list" aria-label="Sign-ins">
          {data.credentials.map((credential) => (
            <CredentialCard
              key={credential.provider.name}
              credential={credential}
              missing={data.missing.filter((one) => one.provider.name === credential.provider.name)}
              back={back}
              now={now}
            />
          ))}
        </ul>
      )}
    </main>
  );
}
