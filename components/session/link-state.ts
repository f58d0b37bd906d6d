import type { SessionDetailView, SessionView } from "#lib/api/view.ts";
import { isLive } from "#lib/booking/phase.ts";

/** Whether the link answers: only then is there something to open. */
export const canOpen = ({ phase, connector }: SessionView): boolean => isLive(phase) && connector === "AVAILABLE";

/** Started, but its link does not answer at the moment. */
export const isSilent = (session: SessionView): boolean => isLive(session.phase) && !canOpen(session);

/** Of what was said about its link, the last is that the notebook is being started anew. */
export function isStartingAgain({ events, ...session }: SessionDetailView): boolean {
  const said = events
    .filter(({ event, phase }) => event === "RESTARTED" || event === "LINK" || phase === "AVAILABLE")
    .toSorted((a, b) => a.at - b.at);
  return isSilent(session as SessionView) && said.at(-1)?.event === "RESTARTED";
}
