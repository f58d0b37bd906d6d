"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Note } from "#components/ui/note.tsx";
import { ExpiredPanel } from "#components/wizard/expired-panel.tsx";
import { type AskedInAddress, firstDraft } from "#components/wizard/first-draft.ts";
import { NoOffersPanel } from "#components/wizard/no-offers-panel.tsx";
import { OfferDock } from "#components/wizard/offer-dock.tsx";
import { OffersPanel } from "#components/wizard/offers-panel.tsx";
import { RefusalPanel } from "#components/wizard/refusal-panel.tsx";
import { checkDraft, type Draft, toForm } from "#components/wizard/request-draft.ts";
import { ShapeForm } from "#components/wizard/shape-form.tsx";
import { StartField } from "#components/wizard/start-field.tsx";
import { useBooking } from "#components/wizard/use-booking.ts";
import { useOffers } from "#components/wizard/use-offers.ts";
import { toRequestForm } from "#lib/api/execution-request.ts";
import type { WayView } from "#lib/api/view.ts";
import { slotLength } from "#lib/booking/slot.ts";
import { useNow } from "#lib/client/use-now.ts";
import { CalendarTop } from "./calendar-top.tsx";
import { Legend } from "./legend.tsx";
import { MyDay } from "./my-day.tsx";
import { countOf, type SlotCell, slotCells } from "./slot-cells.ts";
import { SlotGrid } from "./slot-grid.tsx";
import { useCalendar } from "./use-calendar.ts";
import { useLastShape } from "./use-last-shape.ts";

/** To the first field that has something wrong with it. */
const focusWrongField = () =>
  document.querySelector<HTMLElement>("[aria-invalid=true], [data-wrong] input:checked")?.focus();

/** The main page: what I want to run, every slot of the window, my day, and the offers. */
export function CalendarDesk({ asked }: { asked: AskedInAddress }) {
  const view = useCalendar();
  const now = useNow(view.now);
  const router = useRouter();
  const booking = useBooking(view);
  const [typed, setDraft] = useState<Draft>(() => firstDraft(view, asked));
  const [daySpan, setDaySpan] = useState<"day" | "week">("day");
  const offers = useOffers(view, booking.releasedId, now);

  const { platform, slots } = view;
  const start = slots[0]?.start ?? now;
  const window = { start, end: (slots.at(-1)?.start ?? start) + slotLength(platform) };
  // A slot that was chosen and is over by now can only mean "now".
  const draft: Draft = typed.slot !== null && typed.slot < start ? { ...typed, start: "now", slot: null } : typed;
  const checked = checkDraft(draft, platform, window, now);
  const { shape, durationSlots } = useLastShape(checked);
  const cells = slotCells(view, shape, durationSlots, now);
  const pages = booking.no?.refusals.filter(({ field }) => field === undefined) ?? [];
  const atFields = booking.no?.refusals.filter(({ field }) => field !== undefined) ?? [];

  // A field's refusal stands at the field; with ways forward it needs the panel too.
  const panel = pages.length === 0 && (booking.no?.ways.length ?? 0) > 0 ? atFields : pages;
  // What the server found wrong with a field: the cursor goes there, as it does for what the page finds itself.
  const isRefusedAtField = atFields.length > 0 && panel.length === 0;
  useEffect(() => {
    if (isRefusedAtField) focusWrongField();
  }, [isRefusedAtField]);

  const change = (part: Partial<Draft>) => {
    setDraft((old) => ({ ...old, ...part }));
    if (atFields.length > 0) booking.forgetNo();
  };

  function ask(next: Draft = draft) {
    if (checkDraft(next, platform, window, now).request !== null) booking.ask(toForm(next, platform, window));
    else focusWrongField();
  }

  function choose(cell: SlotCell) {
    if (cell.kind === "mine" && cell.session) return router.push(`/sessions/${cell.session.id}`);
    if (cell.kind === "held" && cell.offer) return offers.choose(cell.offer.id);
    const next: Draft = cell.start <= now ? { ...draft, start: "now" } : { ...draft, start: "slot", slot: cell.start };
    setDraft(next);
    if (cell.kind === "fits" || next.start === "now") return ask(next);
    // From here on there would be offers that start later; who chose this slot wants to know why not here.
    if (checkDraft(next, platform, window, now).request === null) return ask(next);
    booking.ask({ ...toForm(next, platform, window), start: { kind: "window", from: cell.start, until: cell.start } });
  }

  const askFor = (way: WayView) => booking.ask(toRequestForm(way.request));

  return (
    <main id="main" className="page calendar">
      <CalendarTop view={view} windowEnd={window.end} />
      <ShapeForm
        view={view}
        draft={draft}
        onDraft={change}
        checked={checked}
        refused={atFields}
        slot={slots.find((slot) => slot.start === (draft.start === "slot" ? draft.slot : start)) ?? slots[0]}
        fits={{
          some: countOf(cells, "fits"),
          held: countOf(cells, "held"),
          all: cells.length,
        }}
        onAsk={() => ask()}
      >
        <div className="ask">
          <StartField
            draft={draft}
            now={now}
            onDraft={change}
            problem={[...checked.refusals, ...atFields].find(({ field }) => field === "start")?.sentence}
          />
          {platform.readiness.ready ? (
            <button
              className={offers.set === null ? "btn primary" : "btn"}
              type="submit"
              aria-disabled={booking.isAsking}
            >
              {booking.isAsking ? "Asking…" : "Ask for offers"}
            </button>
          ) : (
            <p className="hint">Not yet: see the note above.</p>
          )}
        </div>
      </ShapeForm>
      {booking.isBroken && (
        <div className="unready" role="alert">
          <Note tone="failed" icon="lost">
            <h2>That did not get through</h2>
            <p>
              The server did not answer as it should. Look at your sessions before you try again: it may have been done.
            </p>
          </Note>
        </div>
      )}
      {booking.no && panel.length > 0 && (
        <RefusalPanel
          key={panel.map(({ sentence }) => sentence).join()}
          no={booking.no}
          refusals={panel}
          isAsking={booking.isAsking}
          onWay={askFor}
          onClose={booking.forgetNo}
        />
      )}
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
            onChoose={choose}
          />
        </section>
        {offers.set && offers.chosen ? (
          <OffersPanel
            set={offers.set}
            chosen={offers.chosen}
            now={now}
            booking={booking}
            onChoose={offers.choose}
            onAskAgain={() => offers.set && booking.ask(toRequestForm(offers.set.request))}
          />
        ) : offers.expired ? (
          <ExpiredPanel
            isAsking={booking.isAsking}
            onAskAgain={() => offers.expired && booking.ask(toRequestForm(offers.expired.request))}
          />
        ) : (
          <NoOffersPanel view={view} isReleased={booking.isReleased} />
        )}
        <MyDay view={view} now={now} span={daySpan} onSpan={setDaySpan} onOffer={offers.choose} />
      </div>
      <p className="unseen" role="status">
        {offers.set &&
          `${offers.set.offers.length === 1 ? "1 offer is" : `${offers.set.offers.length} offers are`} held for you.`}
      </p>
      {offers.chosen && <OfferDock offer={offers.chosen} now={now} booking={booking} />}
    </main>
  );
}
