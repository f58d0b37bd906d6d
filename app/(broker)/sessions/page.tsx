import type { Metadata } from "next";
import { readSessions } from "#app/data.ts";
import { SessionList } from "#components/session/session-list.tsx";
import { Known } from "#components/ui/known.tsx";
import { sessionsQuery } from "#lib/client/sessions-query.ts";
import { requirePerson } from "../signed-in.ts";

export const metadata: Metadata = { title: "My sessions" };

export default async function SessionsPage() {
  const sessions = await readSessions(await requirePerson("/sessions"));
  return (
    <Known query={sessionsQuery} data={sessions}>
      <SessionList />
    </Known>
  );
}
