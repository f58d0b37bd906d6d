import { type Scope, scopesOf } from "#lib/booking/access-scope.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { findUserByIdentity } from "#lib/db/identities.ts";
import type { StoredUser } from "#lib/db/users.ts";
import { readAccessToken } from "./access-token.ts";
import { type NotIn, notIn } from "./not-in.ts";
import { readOidcToken } from "./oidc-token.ts";
import { type Caller, currentPerson } from "./session.ts";
import { looksLikeSecret } from "./token-secret.ts";

/** Who calls the API, checked, and what they may do in this call. */
export interface ApiCaller {
  readonly person: Caller;
  readonly scopes: ReadonlySet<Scope>;
  /** How it was proven: by an access token of ours, by one of a sign-in service, or by a browser that is signed in. */
  readonly by: "token" | "oidc" | "cookie";
  readonly tokenId: string | null;
}

export type Known = { readonly ok: true; readonly caller: ApiCaller } | NotIn;

/**
 * Who makes this request. What its Authorization header says counts, and only without one the browser's sign-in, with all that
 * the person may do: a program whose token is no good never acts by a cookie instead. The user is read anew each time, so one
 * who was removed is out at once, and a former administrator is none.
 *
 * One statement for a token of ours, and no more for one of a sign-in service, whose keys are kept. Throws only what the
 * database throws: a sign-in service that is down is told as `unwell`.
 */
export async function callerOf(request: Request, now: Millis, signedIn = currentPerson): Promise<Known> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) return byCookie(request, signedIn);
  const [, token] = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization.trim()) ?? [];
  if (token === undefined) return notIn("other-scheme");
  return looksLikeSecret(token) ? byToken(token, now) : byOidc(token, now);
}

async function byToken(secret: string, now: Millis): Promise<Known> {
  const read = await readAccessToken(secret, now);
  if (!read.ok) return read;
  const { user, scopes, tokenId } = read;
  return { ok: true, caller: { person: proven(user), scopes, by: "token", tokenId } };
}

async function byOidc(token: string, now: Millis): Promise<Known> {
  const read = await readOidcToken(token, now);
  if (!read.ok) return read;
  const user = await findUserByIdentity(read.provider.name, read.subject);
  if (user === null) return notIn("unknown-person", `Sign in with ${read.provider.title} once in the browser first.`);
  return { ok: true, caller: { person: proven(user), scopes: read.scopes, by: "oidc", tokenId: null } };
}

async function byCookie(request: Request, signedIn: () => Promise<Caller | null>): Promise<Known> {
  if (isOfAnotherSite(request)) return notIn("anonymous", "A page of another site cannot act by your sign-in here.");
  // Most who send no token have no sign-in either: they need not be looked for.
  const isSignedIn = request.headers.get("cookie")?.includes("next-auth.session-token");
  const person = isSignedIn ? await signedIn() : null;
  if (person === null) return notIn("anonymous");
  return { ok: true, caller: { person, scopes: new Set(scopesOf(person.role)), by: "cookie", tokenId: null } };
}

/** A cookie goes along with whatever page asks. Browsers say where that page is; SameSite alone trusts our neighbours. */
function isOfAnotherSite({ method, headers }: Request): boolean {
  return (
    !["GET", "HEAD", "OPTIONS"].includes(method) && /^(cross|same)-site$/.test(headers.get("sec-fetch-site") ?? "")
  );
}

const proven = (user: StoredUser) => user as Caller;
