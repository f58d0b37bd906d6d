import type { Scope } from "#lib/booking/access-scope.ts";
import type { NotIn } from "./not-in.ts";

const REALM = 'Bearer realm="Meridian"';

/**
 * The value of WWW-Authenticate for a 401 (RFC 6750, section 3). Who showed no token is told nothing but where they are; who
 * showed one that is no good, why.
 */
export function challengeOf({ error, sentence }: NotIn): string {
  if (error === "anonymous" || error === "other-scheme") return REALM;
  return `${REALM}, error="invalid_token", error_description="${quotable(sentence)}"`;
}

/** The same for a 403, when the token is good and was not made for this. */
export const scopeChallenge = (needed: Scope): string =>
  `${REALM}, error="insufficient_scope", error_description="This token may not do that.", scope="${needed}"`;

/** The characters that a description may have there: printable ASCII, without quotes and backslashes. */
const quotable = (sentence: string): string =>
  sentence
    .replaceAll(/[“”"„]/g, "'")
    .replaceAll("…", "...")
    .replaceAll(/[^\x20-\x7e]|\\/g, "?");
