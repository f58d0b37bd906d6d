import { Icon } from "#components/ui/icon.tsx";
import type { SessionDetailView } from "#lib/api/view.ts";
import { canOpen, isSilent, isStartingAgain } from "./link-state.ts";

/** The way into the notebook; while the link does not answer it is no button. */
export function OpenNotebook({ session }: { session: SessionDetailView }) {
  if (!canOpen(session)) {
    return (
      <p className="not-yet">
        <Icon name="preparing" className={session.phase === "PREPARING" || isStartingAgain(session) ? "turning" : ""} />
        {isStartingAgain(session)
          ? "Starting again"
          : isSilent(session)
            ? "Does not answer right now"
            : "Opens when the link answers"}
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
