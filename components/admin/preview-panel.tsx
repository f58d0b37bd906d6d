"use client";

import { Note } from "#components/ui/note.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import { type SlotRule, slotLength } from "#lib/booking/slot.ts";
import { daySpan } from "#lib/client/zoned-time.ts";
import { budgetSentences, overSpans, touchedSentence } from "./preview-words.ts";
import { TouchedTable } from "./touched-table.tsx";
import type { LimitChange } from "./use-limit-change.ts";

/** Exactly what a change would do now: who is touched, and what stays above the limit. */
export function PreviewPanel({ change, rule }: { change: LimitChange; rule: SlotRule }) {
  const zones = useZones();
  const { preview, isCurrent, isChanged, isAsked } = change;
  const spans = preview === null ? [] : overSpans(preview, slotLength(rule));
  return (
    <section className="would" aria-label="What this would do" aria-busy={isAsked && !isCurrent}>
      <div role="status">
        {isChanged && (
          <Note tone="warning" icon="again">
            <p>Something changed since you looked. This is what would happen now.</p>
          </Note>
        )}
        {preview !== null && (
          <p>
            <b>{touchedSentence(preview)}</b>
          </p>
        )}
        {isAsked && preview === null && change.refusals.length === 0 && <p className="quiet">Looking…</p>}
      </div>
      {preview !== null &&
        budgetSentences(preview).map((sentence) => (
          <p key={sentence} className="small">
            {sentence}
          </p>
        ))}
      {preview !== null && <TouchedTable preview={preview} />}
      {spans.length > 0 && (
        <ul className="over-list small" aria-label="What stays above the limit">
          {spans.map((span) => (
            <li key={`${span.start} ${span.resource}`}>
              <span>{daySpan(span.start, span.end, zones)}</span>
              <b>{span.words}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
