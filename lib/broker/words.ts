import type { LedgerAnswer } from "#lib/db/ledger.ts";

/** "14:00 UTC", with the day when it is asked for far from now is the page's business: it knows the viewer's zone. */
export const timeInWords = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;

/** The sentence for a limit that was reached, or null when the refusal is about something else. */
export function quotaInWords(answer: Extract<LedgerAnswer, { ok: false }>): string | null {
  if (answer.code !== "QUOTA_REACHED") return null;
  const at = answer.slot === undefined ? "" : ` at ${timeInWords(Date.parse(answer.slot))}`;
  if (answer.account === "bookings") return "You have as many open bookings as you may have. Cancel one first.";
  return answer.account === "project"
    ? `Your project has reached its limit${at}.`
    : `You have reached your limit${at}.`;
}
