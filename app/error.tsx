"use client";

import Link from "next/link";
import { Icon } from "#components/ui/icon.tsx";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="page narrow">
      <section className="panel empty t-failed" aria-labelledby="broken" role="alert">
        <span className="seal">
          <Icon name="failed" />
        </span>
        <h1 id="broken">This page could not be made</h1>
        <p className="quiet">
          Something broke on our side; bookings and running sessions are not touched by it. Who runs Meridian finds the
          cause in its log{error.digest ? ` under ${error.digest}` : ""}.
        </p>
        <div className="row foot">
          <button className="btn" type="button" onClick={reset}>
            Try again
          </button>
          <Link className="btn" href="/calendar">
            Open the calendar
          </Link>
        </div>
      </section>
    </main>
  );
}
