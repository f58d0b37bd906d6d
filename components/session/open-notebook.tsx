import { Icon } from "#components/ui/icon.tsx";
import type { SessionView } from "#lib/api/view.ts";
import { isLive } from "#lib/booking/phase.ts";

/** Whether the link answers: only then is there something to open. */
export const canOpen = ({ phase, connector }: SessionView): boolean => isLive(phase) && connector === "AVAILABLE";

/** The way into the notebook; before the link answers it is no button. */
export function OpenNotebook({ session }: { session: SessionView }) {
  if (!canOpen(session)) {
    return (
      <p className="not-yet">
        <Icon name="preparing" className={session.phase === "PREPARING" ? "turning" : ""} />
        Opens when the link answers
      </p>
    );
  }
  return (
    <>
      <a className="btn primary big" href={`/sessions/${session.id}/open`} target="_blank" rel="noreferrer">
        <Icon name="open" />
        Open notebook<span className="unseen"> in a new tab</span>
      </a>
      <span className="small quiet">new tab, yours alone</span>
    </>
  );
}
