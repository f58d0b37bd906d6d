import Link from "next/link";
import { EmptyPanel } from "#components/ui/empty-panel.tsx";

/** The calendar of somebody who may not book yet: there is no hour that could count for a project of theirs. */
export function NoProject({ isAdministrator }: { isAdministrator: boolean }) {
  return (
    <main id="main" className="page narrow">
      <EmptyPanel
        tone="mine"
        icon="calendar"
        heading="h1"
        title="You are in no project yet"
        words="Every booked hour counts for a project. Ask an administrator to add you to yours; this page then shows its calendar by itself."
      >
        {isAdministrator && (
          <Link className="btn primary" href="/admin">
            Load and limits
          </Link>
        )}
      </EmptyPanel>
    </main>
  );
}
