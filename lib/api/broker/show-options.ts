import { canMove, openPhases, type Phase } from "#lib/booking/phase.ts";
import { kinds } from "../standard/kinds.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import { type Looking, type ShownSession, shownPhase } from "./shown-session.ts";

type Options = NonNullable<NonNullable<ScheduledSession["meta"]>["options"]>;

/** Where a session's phase and its length are changed. */
export const PHASE_PATH = "/phase";
export const DURATION_PATH = "/schedule/available/duration";
/** What lengths are changed by. */
export const SLOTS = "slots";

/** The phases that the owner may move a session to now. An offer can be cancelled too, as clients do; it is not proposed. */
export function phasesToChoose(phase: Phase): Phase[] {
  if (phase === "OFFERED") return ["ACCEPTED", "REJECTED"];
  return canMove(phase, "CANCELLED") ? ["CANCELLED"] : [];
}

/** What whoever looks may change of a session now; nothing of somebody else's, and nothing of one that is over. */
export function showOptions(session: ShownSession, { userId, now }: Looking): Options {
  if (session.user.id !== userId) return [];
  const phase = shownPhase(session, now);
  const values = phasesToChoose(phase);
  if (values.length === 0) return [];
  const choose: Options[number] = { kind: kinds.options.enumValue, path: PHASE_PATH, values };
  return canBeExtended(phase) ? [choose, inSlots(session, now)] : [choose];
}

const canBeExtended = (phase: Phase): boolean =>
  (openPhases as readonly Phase[]).includes(phase) && phase !== "RELEASING";

/** Slots may be added after its end while they are free, and given back from it; the running or the first one stays. */
function inSlots({ startsAt, endsAt, slotMinutes }: ShownSession, now: number): Options[number] {
  const length = slotMinutes * 60_000;
  const kept = Math.floor(Math.max(startsAt, now) / length) * length + length;
  const min = 0 - Math.max(0, Math.floor((endsAt - kept) / length));
  return { kind: kinds.options.integerDelta, path: DURATION_PATH, min, units: SLOTS };
}
