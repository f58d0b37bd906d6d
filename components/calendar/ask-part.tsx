"use client";

import { StartField } from "#components/wizard/start-field.tsx";
import type { Millis } from "#lib/booking/slot.ts";
import type { Question } from "./use-question.ts";

interface AskPartProps {
  readonly question: Question;
  readonly now: Millis;
  readonly isReady: boolean;
  readonly isAsking: boolean;
  /** Whether asking is the main thing to do: not while offers wait for a decision. */
  readonly isMain: boolean;
}

/** When it should start, and the button that asks. */
export function AskPart({ question, now, isReady, isAsking, isMain }: AskPartProps) {
  const { draft, change, checked, refusals } = question;
  const problem = [...checked.refusals, ...refusals.atFields].find(({ field }) => field === "start")?.sentence;
  return (
    <div className="ask">
      <StartField draft={draft} now={now} onDraft={change} problem={problem} />
      {isReady ? (
        <button className={isMain ? "btn primary" : "btn"} type="submit" aria-disabled={isAsking}>
          {isAsking ? "Asking…" : "Ask for offers"}
        </button>
      ) : (
        <p className="hint">Not yet: see the note above.</p>
      )}
    </div>
  );
}
