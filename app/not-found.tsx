import type { Metadata } from "next";
import Link from "next/link";
import { EmptyPanel } from "#components/ui/empty-panel.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main id="main" className="page narrow">
      <EmptyPanel
        tone="closed"
        icon="closed"
        heading="h1"
        title="There is nothing here"
        words="The address is wrong, or the session is not yours."
      >
        <Link className="btn" href="/sessions">
          My sessions
        </Link>
        <Link className="btn" href="/calendar">
          Open the calendar
        </Link>
      </EmptyPanel>
    </main>
  );
}
