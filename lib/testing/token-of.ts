import { newSecret } from "#lib/auth/token-secret.ts";
import { type Scope, scopesOf } from "#lib/booking/access-scope.ts";
import { makeAccessToken } from "#lib/broker/make-access-token.ts";
import { database } from "#lib/db/client.ts";

interface Person {
  readonly id: string;
  readonly name: string;
}

/** A token of that person's, with which a test calls the API. */
export async function tokenOf(person: Person, given?: readonly Scope[], now = Date.now()): Promise<string> {
  const { role } = await database().prisma.user.findUniqueOrThrow({ where: { id: person.id }, select: { role: true } });
  const user = { ...person, role: role === "administrator" ? ("administrator" as const) : ("scientist" as const) };
  const secret = newSecret();
  const made = await makeAccessToken({
    user,
    wanted: { name: "a test", scopes: given ?? scopesOf(role), days: 1 },
    secret,
    now,
  });
  if (!made.ok) throw new Error(made.error.sentence);
  return secret.secret;
}
