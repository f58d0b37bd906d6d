"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { useZones } from "#components/ui/use-zones.ts";
import type { CalendarView } from "#lib/api/view.ts";
import { openPhases, type Phase } from "#lib/booking/phase.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import { daySpan, spanBeside } from "#lib/client/zoned-time.ts";
import { isNowhere } from "./focus-offers.ts";

const isOpen = (phase: Phase) => (openPhases as readonly Phase[]).includes(phase);

/** Before one has asked: how it goes, and what is booked already. */
export function NoOffersPanel({ view, isReleased }: { view: CalendarView; isReleased: boolean }) {
  const zones = useZones();
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that released the offers is gone with them; whoever pressed it goes on from here.
  useEffect(() => {
    if (isReleased && isNowhere()) heading.current?.focus();
  }, [isReleased]);
  const next = view.sessions.filter(({ phase }) => isOpen(phase)).sort((a, b) => a.startsAt - b.startsAt)[0];
  return (
    <section className="panel offers" aria-labelledby="offers-h">
      <header>
        <h2 ref={heading} id="offers-h" tabIndex={-1}>
          Offers
        </h2>
      </header>
      <ol className="how small">
        <li>
          <b>Ask.</b> Choose a slot that fits, or ask for what can be had at once.
        </li>
        <li>
          <b>Decide.</b> Offers are held for five minutes; nothing is booked before you say so.
        </li>
        <li>
          <b>Work.</b> The session starts by itself; the page links to it once it answers.
        </li>
      </ol>
      {next && (
        <div>
          <hr className="rule" />
          <h3>{next.startsAt <= view.now ? "Your booking now" : "Your next booking"}</h3>
          <p className="truth">
            <Link href={`/sessions/${next.id}`}>{daySpan(next.startsAt, next.endsAt, zones)}</Link>
            {spanBeside(next.startsAt, next.endsAt, zones) && ` (${spanBeside(next.startsAt, next.endsAt, zones)})`},{" "}
            {shapeInWords(next.resources)}.
          </p>
        </div>
      )}
    </section>
  );
}
