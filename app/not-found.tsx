import type { Metadata } from "next";
import Link from "next/link";
import { Icon } from "#components/ui/icon.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main id="main" className="page narrow">
      <section className="panel empty t-closed" aria-labelledby="missing">
        <span className="seal">
          <Icon name="closed" />
        </span>
        <h1 id="missing">There is nothing here</h1>
        <p className="quiet">The address is wrong, or the session is not yours.</p>
        <div className="row foot">
          <Link className="btn" href="/sessions">
            My sessions
          </Link>
          <Link className="btn" href="/calendar">
            Open the calendar
          </Link>
        </div>
      </section>
    </main>
  );
}
