import type { Metadata } from "next";
import { DevelopersDesk } from "#components/developers/developers-desk.tsx";
import { apiBaseUrl } from "#lib/api/base-url.ts";
import { currentPerson } from "#lib/auth/session.ts";

export const metadata: Metadata = { title: "For programs" };

/** The API, for whoever writes programs: readable without a sign-in. */
export default async function DevelopersPage() {
  const person = await currentPerson();
  return <DevelopersDesk api={apiBaseUrl()} signedInAs={person?.displayName ?? null} />;
}
