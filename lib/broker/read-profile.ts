import type { Millis } from "#lib/booking/slot.ts";
import { allProjectsOf, type StoredUser } from "#lib/db/users.ts";
import { readAccessTokens } from "./read-access-tokens.ts";

/** What somebody sees of themselves: the projects they are in, and the access tokens that work. */
export async function readProfile({ user, now }: { user: Pick<StoredUser, "id" | "role">; now: Millis }) {
  const [projects, tokens] = await Promise.all([allProjectsOf(user.id), readAccessTokens({ user, now })]);
  return { projects, tokens };
}
