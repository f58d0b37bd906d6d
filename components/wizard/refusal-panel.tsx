"use client";

import { useEffect, useRef } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { RequestForm } from "#lib/api/execution-request.ts";
import type { NoView, WayView } from "#lib/api/view.ts";
import type { Refusal } from "#lib/booking/refusal.ts";
import { canWaitFor } from "./can-wait.ts";
import { refusalHeading } from "./refusal-heading.ts";
import { RefusalSentence } from "./refusal-sentence.tsx";
import type { Waiting } from "./use-waiting.ts";
import { WaitButton } from "./wait-button.tsx";
import { WayButton } from "./way-button.tsx";

interface RefusalPanelProps {
  readonly no: NoView;
  /** The refusals that belong to no field; those of fields where there are ways forward. */
  readonly refusals: readonly Refusal[];
  readonly isAsking: boolean;
  readonly onWay: (way: WayView) => void;
  /** What was asked; null where nobody knows. */
  readonly asked: RequestForm | null;
  readonly waiting: Waiting;
  readonly onClose: () => void;
}

const counts = ["No way", "One way", "Two ways", "Three ways", "Four ways", "Five ways", "Six ways"];

/** A "no": the reason in the heading, the figures in a sentence, then ways forward of equal weight. */
export function RefusalPanel({ no, refusals, isAsking, onWay, asked, waiting, onClose }: RefusalPanelProps) {
  const zones = useZones();
  const heading = useRef<HTMLHeadingElement>(null);
  // The answer may lie far from what was pressed: on a phone the grid is a long list.
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const [first] = refusals;
  if (!first) return null;
  const awaitable = canWaitFor(refusals) ? asked : null;
  // Whoever holds other offers already need not be told to ask for new ones; the heading says the rest.
  const said = no.fresh ? refusals.filter(({ code }) => code !== "OFFER_EXPIRED") : refusals;
  const count = no.ways.length + (awaitable === null ? 0 : 1);
  const { words, icon, tone } = refusalHeading(first, zones);
  return (
    <section className={`panel no t-${tone}`} aria-labelledby="no-h">
      <div className="spread">
        <h2 id="no-h" ref={heading} tabIndex={-1}>
          <Icon name={icon} />
          {words}
        </h2>
        <button className="btn bare" type="button" onClick={onClose}>
          <Icon name="cross" />
          Close
        </button>
      </div>
      {said.map((refusal) => (
        <p key={refusal.code + refusal.sentence} className="why-no">
          <RefusalSentence refusal={refusal} />
        </p>
      ))}
      {no.fresh && (
        <p className="why-no">
          {no.fresh.offers.length === 1 ? "Another offer is" : "Other offers are"} held for you instead: see{" "}
          <a href="#offers-h">Offers</a>.
        </p>
      )}
      {count > 0 && (
        <>
          <h3>{counts[count] ?? `${count} ways`} forward</h3>
          <ul className="alts">
            {no.ways.map((way) => (
              <li key={`${way.kind}${way.startsAt}${way.request.resources.cores}`}>
                <WayButton way={way} isAsking={isAsking} onWay={() => onWay(way)} />
              </li>
            ))}
            {awaitable !== null && (
              <li>
                <WaitButton form={awaitable} waiting={waiting} />
              </li>
            )}
          </ul>
        </>
      )}
    </section>
  );
}
