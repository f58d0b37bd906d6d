import type { ReadinessView } from "#lib/api/view.ts";
import { Icon } from "./icon.tsx";
import { Note } from "./note.tsx";

/** In a few words whether a platform can run anything. */
export function ReadinessMark({ title, readiness }: { title: string; readiness: ReadinessView }) {
  return (
    <span className={readiness.ready ? "t-running" : "t-warning"}>
      <Icon name={readiness.ready ? "check" : "warning"} />
      {title} {readiness.ready ? "is ready" : "is not ready"}
    </span>
  );
}

/** Why it cannot, and what will be done about it; nothing while it can. The region stays, so that what appears in it is read out. */
export function ReadinessNote({ readiness }: { readiness: ReadinessView }) {
  return (
    <div className="unready" role="status">
      {!readiness.ready && (
        <Note tone="warning" icon="warning">
          <h2>{readiness.isPassing ? "Sessions may start late" : "Nothing can be booked now"}</h2>
          <p>{readiness.why}</p>
          <p>{readiness.cure}</p>
        </Note>
      )}
    </div>
  );
}
