import type { IncomingHttpHeaders } from "node:http";
import { type Answer, bare, text, unexpected } from "./answer.ts";
import { askProvider } from "./provider-tokens.ts";
import type { User, World } from "./world.ts";

export const refusals = {
  "not-in-group": "Not authorized to use the skaha system",
  "permissions-api": "Subject is not authorized to access Skaha according to permissions API plugin authorisation.",
  "no-posix": "No POSIX Principal",
  "incomplete-posix": "POSIX Principal is incomplete (no username).",
} as const;

/** Who calls, or the answer to somebody who may not: 401, 400 for nobody at all, 403, 500. */
export async function authenticate(world: World, headers: IncomingHttpHeaders): Promise<User | Answer> {
  const credential = headers.authorization;
  if (credential === undefined) {
    const words = "cannot get group memberships for anonymous";
    return world.platform.anonymous === 400 ? text(400, words) : unauthorized(world, "Authentication required");
  }
  const value = /^bearer +(\S+)$/i.exec(credential)?.[1];
  const token = value === undefined ? undefined : world.tokens.get(value);
  const { issuer } = world.platform;
  if (value !== undefined && !token && issuer !== null) return await authenticateAt(issuer, world, value);
  const user = token && world.users.get(token.user);
  if (!token || !user) return unauthorized(world, "Token is not valid");
  if (token.expiresAt !== null && world.clock.now() >= token.expiresAt) return unauthorized(world, "Token has expired");
  return admit(user);
}

/**
 * A token that is not ours is its issuer's to name. With an issuer that cannot be asked it may be a good one: a 401 would
 * send everybody to sign in again, so it is the 500 of anything unforeseen, and passes with the outage.
 */
async function authenticateAt(issuer: string, world: World, token: string): Promise<User | Answer> {
  try {
    const name = await askProvider(world.provider, issuer, token, world.clock.now());
    if (name === null) return unauthorized(world, "Token has expired or is not valid");
    const user = world.users.get(name);
    return user ? admit(user) : text(403, refusals["not-in-group"]);
  } catch (error) {
    return unexpected(error instanceof Error ? error.message : String(error));
  }
}

const admit = (user: User): User | Answer => (user.access === "granted" ? user : text(403, refusals[user.access]));

export function unauthorized(world: World, message: string): Answer {
  const login = `access_url="${world.url()}/oidc/authorize"`;
  return bare(401, message, {
    "www-authenticate": [
      'Bearer error="invalid_token"',
      `ivoa_bearer standard_id="ivo://ivoa.net/sso#OAuth", ${login}`,
      'ivoa_x509 standard_id="ivo://ivoa.net/sso#tls-with-certificate"',
      'ivoa_cookie standard_id="ivo://ivoa.net/sso#cookie"',
    ],
  });
}

export const isUser = (one: User | Answer): one is User => "name" in one;
