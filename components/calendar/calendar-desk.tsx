"use client";

import { useState } from "react";
import type { AskedInAddress } from "#components/wizard/first-draft.ts";
import { OfferDock } from "#components/wizard/offer-dock.tsx";
import { OffersSide } from "#components/wizard/offers-side.tsx";
import { RefusalPanel } from "#components/wizard/refusal-panel.tsx";
import { ShapeForm } from "#components/wizard/shape-form.tsx";
import { useBooking } from "#components/wizard/use-booking.ts";
import { useOffers } from "#components/wizard/use-offers.ts";
import { useWaiting } from "#components/wizard/use-waiting.ts";
import { toRequestForm } from "#lib/api/execution-request.ts";
import type { CalendarView } from "#lib/api/view.ts";
import { useNow } from "#lib/client/use-now.ts";
import { AskPart } from "./ask-part.tsx";
import { CalendarTop } from "./calendar-top.tsx";
import { DeskNews } from "./desk-news.tsx";
import { Legend } from "./legend.tsx";
import { MyDay } from "./my-day.tsx";
import { NoProject } from "./no-project.tsx";
import { countOf } from "./slot-cells.ts";
import { SlotGrid } from "./slot-grid.tsx";
import { useCalendar } from "./use-calendar.ts";
import { useQuestion } from "./use-question.ts";
import { WaitsPanel } from "./waits-panel.tsx";

/** The main page. Another platform is another desk: nothing that was typed or said on the first one holds there. */
export function CalendarDesk({ asked, isAdministrator }: { asked: AskedInAddress; isAdministrator: boolean }) {
  const view = useCalendar();
  if (view === null) return <NoProject isAdministrator={isAdministrator} />;
  return <Desk key={view.platform.name} view={view} asked={asked} />;
}

/** What I want to run, every slot of the window, my day, and the offers. */
function Desk({ view, asked }: { view: CalendarView; asked: AskedInAddress }) {
  const now = useNow(view.now);
  const booking = useBooking(view);
  const waiting = useWaiting(booking);
  const offers = useOffers(view, booking, now);
  const [daySpan, setDaySpan] = useState<"day" | "week">("day");
  const question = useQuestion({ view, now, asked, booking, onOffer: offers.choose });
  const { draft, checked, cells, window, refusals } = question;
  const { platform, slots } = view;
  return (
    <main id="main" className="page calendar">
      <CalendarTop view={view} windowEnd={window.end} />
      <ShapeForm
        view={view}
        draft={draft}
        onDraft={question.change}
        checked={checked}
        refused={refusals.atFields}
        slot={slots.find((slot) => slot.start === (draft.start === "slot" ? draft.slot : window.start)) ?? slots[0]}
        fits={{ some: countOf(cells, "fits"), held: countOf(cells, "held"), all: cells.length }}
        onAsk={() => question.ask()}
      >
        <AskPart
          question={question}
          now={now}
          isReady={platform.readiness.ready || platform.readiness.isPassing === true}
          isAsking={booking.isAsking}
          isMain={offers.set === null}
        />
      </ShapeForm>
      {booking.no && refusals.panel.length > 0 && (
        <RefusalPanel
          key={refusals.panel.map(({ sentence }) => sentence).join()}
          no={booking.no}
          refusals={refusals.panel}
          isAsking={booking.isAsking}
          onWay={(way) => booking.ask(toRequestForm(way.request), way.platform?.name)}
          asked={booking.asked}
          waiting={waiting}
          onClose={booking.forgetNo}
        />
      )}
      <WaitsPanel view={view} now={now} waiting={waiting} onOffer={offers.choose} />
      <div className="desk" data-span={daySpan}>
        <section className="panel" aria-labelledby="grid-h">
          <header className="spread">
            <h2 id="grid-h">The next {platform.windowHours === 1 ? "hour" : `${platform.windowHours} hours`}</h2>
            <Legend cells={cells} />
          </header>
          <SlotGrid
            cells={cells}
            now={now}
            isChosen={(cell) =>
              offers.chosen
                ? offers.chosen.startsAt < cell.end && offers.chosen.endsAt > cell.start
                : draft.start === "slot" && draft.slot === cell.start
            }
            onChoose={question.choose}
          />
        </section>
        <OffersSide view={view} offers={offers} now={now} booking={booking} />
        <MyDay view={view} now={now} span={daySpan} onSpan={setDaySpan} onOffer={offers.choose} />
      </div>
      <DeskNews view={view} now={now} held={offers.set} isBroken={booking.isBroken || waiting.isBroken} />
      {offers.chosen && <OfferDock offer={offers.chosen} now={now} booking={booking} />}
    </main>
  );
}
