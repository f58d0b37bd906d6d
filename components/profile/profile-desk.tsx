"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EmptyPanel } from "#components/ui/empty-panel.tsx";
import { LiveState } from "#components/ui/live-state.tsx";
import { MOST_TOKENS } from "#lib/booking/access-token.ts";
import { profileQuery } from "#lib/client/profile-query.ts";
import { useNow } from "#lib/client/use-now.ts";
import { MakeToken } from "./make-token.tsx";
import { TokenTable } from "./token-table.tsx";
import { WhoPanel } from "./who-panel.tsx";
import "./profile.css";

/** Who one is here, and the access tokens of one's programs. `api`: the address they call. */
export function ProfileDesk({ api }: { api: string }) {
  const { data } = useSuspenseQuery(profileQuery);
  const now = useNow(data.now);
  const { person, projects } = data;
  const tokens = data.tokens.filter(({ expiresAt }) => expiresAt > now);
  return (
    <main id="main" className="page profile">
      <div className="top">
        <h1>Profile</h1>
        <p className="sum">
          <LiveState />
        </p>
      </div>
      <div className="profile-parts">
        <WhoPanel person={person} projects={projects} />
        <section aria-labelledby="tokens" className="stack">
          <header className="spread tokens-head">
            <h2 id="tokens">Access tokens</h2>
            {tokens.length < MOST_TOKENS ? (
              <MakeToken role={person.role} api={api} />
            ) : (
              <p className="small quiet">{MOST_TOKENS} is the most: withdraw one to make another.</p>
            )}
          </header>
          <p className="quiet lead">
            A token lets a program of yours call Meridian's API in your name, as far as you say and until you say. Who
            has it can do that too: keep it like a password. To act for you on other platforms Meridian holds something
            else: <Link href="/credentials">what Meridian holds for you</Link>.
          </p>
          {tokens.length === 0 ? (
            <EmptyPanel
              tone="closed"
              icon="key"
              heading="h3"
              title="No tokens"
              words="No program can call Meridian in your name."
            />
          ) : (
            <div className="panel">
              <TokenTable tokens={tokens} now={now} />
            </div>
          )}
          <p className="small quiet">
            The API is at <code>{api}</code>; <Link href="/developers">for programs</Link> says what it does.
          </p>
        </section>
      </div>
    </main>
  );
}
