import type { Metadata } from "next";
import { whatWentWrong } from "#app/signin/what-went-wrong.ts";
import { whereTo } from "#app/signin/where-to.ts";
import { CredentialsDesk } from "#components/credentials/credentials-desk.tsx";
import { Known } from "#components/ui/known.tsx";
import { credentialsQuery } from "#lib/client/credentials-query.ts";
import { credentialsOf, requirePerson } from "../signed-in.ts";

export const metadata: Metadata = { title: "What Meridian holds for you" };

type Asked = Readonly<Record<string, string | string[] | undefined>>;

/** What the person delegated, and the way back to `back` after a new sign-in. */
export default async function CredentialsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const asked = await searchParams;
  const credentials = await credentialsOf(await requirePerson("/credentials"));
  const back = asked.back === undefined ? "/credentials" : whereTo(asked.back);
  return (
    <Known query={credentialsQuery} data={credentials}>
      <CredentialsDesk trouble={whatWentWrong(asked)} back={back} />
    </Known>
  );
}
