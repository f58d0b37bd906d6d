import { Icon } from "#components/ui/icon.tsx";
import type { SessionDetailView } from "#lib/api/view.ts";

/** A quiet line that its platform gives trouble. The region is always there, so that what appears in it is read out. */
export function PlatformTrouble({ session: { trouble } }: { session: SessionDetailView }) {
  return (
    <div className="end-warning" aria-live="polite">
      {trouble !== null && (
        <p className="trouble small t-warning">
          <Icon name="warning" />
          <span>
            {trouble.why} {trouble.cure}
          </span>
        </p>
      )}
    </div>
  );
}
