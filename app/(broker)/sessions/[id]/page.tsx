import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readSession } from "#app/data.ts";
import { SessionDetail } from "#components/session/session-detail.tsx";
import { Known } from "#components/ui/known.tsx";
import { type RefusalCode, refusals } from "#lib/booking/refusal.ts";
import { sessionQuery } from "#lib/client/session-query.ts";
import { requirePerson } from "../../signed-in.ts";

/** Why it could not be opened just now, by its code: never words of the address. */
const refusalNamed = (code: string | string[] | undefined): RefusalCode | null =>
  typeof code === "string" && Object.hasOwn(refusals, code) ? (code as RefusalCode) : null;

export const metadata: Metadata = { title: "Session" };

interface Asked {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<{ unopened?: string | string[] }>;
}

export default async function SessionPage({ params, searchParams }: Asked) {
  const { id } = await params;
  const session = await readSession(await requirePerson(`/sessions/${id}`), id);
  if (session === null) notFound();
  return (
    <Known query={sessionQuery(session.id)} data={session}>
      <SessionDetail id={session.id} unopened={refusalNamed((await searchParams).unopened)} />
    </Known>
  );
}
