import type { SessionDetailView, SessionView } from "#lib/api/view.ts";
import { hasPage } from "#lib/booking/executable.ts";
import { isLive, type Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";

/** Started, and it answers; what has no page, that it runs. */
const isThere = ({ phase, connector }: SessionView): boolean => isLive(phase) && connector === "AVAILABLE";

const answers = (session: SessionView): boolean => isThere(session) && hasPage(session.executable.type);

/** Whether there is something to open: the link answers, and its slot has begun. */
export const canOpen = (session: SessionView, now: Millis): boolean => answers(session) && now >= session.startsAt;

/** Started early, and its link answers: it opens when its slot begins. */
export const opensLater = (session: SessionView, now: Millis): boolean => answers(session) && now < session.startsAt;

/** The phase as people see it: what has no page runs from the moment it is there, as nobody opens it. */
export const shownPhase = ({ phase, executable }: SessionView): Phase =>
  phase === "AVAILABLE" && !hasPage(executable.type) ? "RUNNING" : phase;

/** Started, but its link does not answer at the moment. */
export const isSilent = (session: SessionView): boolean => isLive(session.phase) && !isThere(session);

/** Of what was said about its link, the last is that the notebook is being started anew. */
export function isStartingAgain({ events, ...session }: SessionDetailView): boolean {
  const said = events
    .filter(({ event, phase }) => event === "RESTARTED" || event === "LINK" || phase === "AVAILABLE")
    .toSorted((a, b) => a.at - b.at);
  return isSilent(session as SessionView) && said.at(-1)?.event === "RESTARTED";
}
