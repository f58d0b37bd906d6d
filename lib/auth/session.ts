import { getServerSession } from "next-auth";
import { cache } from "react";
import { findUserById, type StoredUser } from "#lib/db/users.ts";
import { authOptions } from "./options.ts";

declare const proven: unique symbol;

/** A person whose sign-in was checked. Only {@link currentPerson} can make one: a step that takes it needs no check. */
export type Caller = StoredUser & { readonly [proven]: true };

/** Who is signed in in this request, or null. The user is read anew, so a removed one is out at once. */
export const currentPerson = cache(async (): Promise<Caller | null> => {
  const session = await getServerSession(authOptions);
  return session?.user.id ? ((await findUserById(session.user.id)) as Caller | null) : null;
});
