import type { Millis } from "./slot.ts";

/** How many tokens a user may have that work. */
export const MOST_TOKENS = 20;
/** Characters of a token's name. */
export const LONGEST_NAME = 60;
/** A token always ends: after so many days when nobody says otherwise, and so many at the most. */
export const USUAL_DAYS = 90;
export const MOST_DAYS = 365;

/** Whether a token works at `now`, and why not. It works in [made, expiresAt), until it is withdrawn. */
export function standingOf(
  { expiresAt, withdrawnAt }: { readonly expiresAt: Millis; readonly withdrawnAt: Millis | null },
  now: Millis,
): "good" | "withdrawn" | "expired" {
  if (withdrawnAt !== null) return "withdrawn";
  return now < expiresAt ? "good" : "expired";
}
