import Link from "next/link";
import { Icon } from "#components/ui/icon.tsx";

/** The calendar of somebody who may not book yet: there is no hour that could count for a project of theirs. */
export function NoProject({ isAdministrator }: { isAdministrator: boolean }) {
  return (
    <main id="main" className="page narrow">
      <section className="panel empty t-mine" aria-labelledby="none-h">
        <span className="seal">
          <Icon name="calendar" />
        </span>
        <h1 id="none-h">You are in no project yet</h1>
        <p className="quiet">
          Every booked hour counts for a project. Ask an administrator to add you to yours; this page then shows its
          calendar by itself.
        </p>
        {isAdministrator && (
          <div className="row foot">
            <Link className="btn primary" href="/admin">
              Load and limits
            </Link>
          </div>
        )}
      </section>
    </main>
  );
}
