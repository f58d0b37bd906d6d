import type { LedgerAnswer } from "#lib/db/ledger.ts";

/**
 * The sentence for a limit that was reached, or null when the refusal is about something else. The slot's time is left to
 * the page, which knows the viewer's zone.
 */
export function quotaInWords(answer: Extract<LedgerAnswer, { ok: false }>): string | null {
  if (answer.code !== "QUOTA_REACHED") return null;
  if (answer.account === "bookings") return "You have as many open bookings as you may have. Cancel one first.";
  return answer.account === "project"
    ? "Your project has reached its limit then."
    : "You have reached your limit then.";
}
