"use client";

import { Note } from "#components/ui/note.tsx";

/** What was held is free again, and says so. */
export function ExpiredPanel({ isAsking, onAskAgain }: { isAsking: boolean; onAskAgain: () => void }) {
  return (
    <section className="panel offers" aria-labelledby="offers-h">
      <header>
        <h2 id="offers-h">Offers</h2>
      </header>
      <div role="alert">
        <Note tone="held" icon="held">
          <h3>These offers have expired</h3>
          <p>They were held for you and are free for others now. Nothing was booked.</p>
        </Note>
      </div>
      <div className="act">
        <button className="btn primary big wide" type="button" aria-disabled={isAsking} onClick={onAskAgain}>
          {isAsking ? "Asking…" : "Ask again"}
        </button>
      </div>
    </section>
  );
}
