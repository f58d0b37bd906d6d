import { z } from "zod";
import { type Scope, scopes } from "#lib/booking/access-scope.ts";
import { LONGEST_NAME, MOST_DAYS } from "#lib/booking/access-token.ts";
import { no, type Result, yes } from "#lib/booking/refusal.ts";

const tooLong = `A name has at most ${LONGEST_NAME} characters.`;
const days = `A token lasts 1 to ${MOST_DAYS} days.`;

const form = z.object({
  name: z
    .string("Give it a name, so that you know it again.")
    .max(4 * LONGEST_NAME, tooLong)
    .trim()
    .min(1, "Give it a name, so that you know it again.")
    .refine((name) => [...name].length <= LONGEST_NAME, tooLong),
  scopes: z
    .array(z.enum(scopes, "There is no such thing that a token may do."), "Choose at least one thing that it may do.")
    .min(1, "Choose at least one thing that it may do.")
    .max(scopes.length, "Choose each thing once."),
  days: z.number(days).int(days).min(1, days).max(MOST_DAYS, days),
});

export type AccessTokenForm = z.input<typeof form>;

/** Reads what somebody wants of a new access token. The first thing that cannot be is the refusal. */
export function parseAccessToken(
  input: unknown,
): Result<{ readonly name: string; readonly scopes: readonly Scope[]; readonly days: number }> {
  const read = form.safeParse(input);
  return read.success ? yes(read.data) : no("INVALID_REQUEST", read.error.issues[0]?.message);
}
