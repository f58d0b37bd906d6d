import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readSession } from "#app/data.ts";
import { SessionDetail } from "#components/session/session-detail.tsx";
import { Known } from "#components/ui/known.tsx";
import { sessionQuery } from "#lib/client/session-query.ts";
import { requirePerson } from "../../signed-in.ts";

export const metadata: Metadata = { title: "Session" };

export default async function SessionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const session = await readSession(await requirePerson(`/sessions/${id}`), id);
  if (session === null) notFound();
  return (
    <Known query={sessionQuery(session.id)} data={session}>
      <SessionDetail id={session.id} />
    </Known>
  );
}
