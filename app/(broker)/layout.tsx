import type { ReactNode } from "react";
import { WaitNotice } from "#components/calendar/wait-notice.tsx";
import { SignInNotice } from "#components/credentials/sign-in-notice.tsx";
import { Known } from "#components/ui/known.tsx";
import { LiveKeeper } from "#components/ui/live-keeper.tsx";
import { TopBar } from "#components/ui/top-bar.tsx";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import { credentialsQuery } from "#lib/client/credentials-query.ts";
import { calendarOf, credentialsOf, signedIn } from "./signed-in.ts";

/** Without a person the page below sends to the door: it knows where one wanted to go. */
export default async function BrokerLayout({ children }: { children: ReactNode }) {
  const person = await signedIn();
  if (person === null) return children;
  const [calendar, credentials] = await Promise.all([calendarOf(person), credentialsOf(person)]);
  const now = calendar?.now ?? Date.now();
  return (
    <Known query={calendarQuery} data={calendar}>
      <LiveKeeper />
      <TopBar person={person} now={now} />
      <Known query={credentialsQuery} data={credentials}>
        <SignInNotice onServer={now} />
      </Known>
      <WaitNotice onServer={now} />
      {children}
    </Known>
  );
}
