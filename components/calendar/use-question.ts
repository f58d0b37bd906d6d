"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { type AskedInAddress, firstDraft } from "#components/wizard/first-draft.ts";
import { checkDraft, type Draft, toForm } from "#components/wizard/request-draft.ts";
import type { Booking } from "#components/wizard/use-booking.ts";
import type { CalendarView } from "#lib/api/view.ts";
import { type Millis, slotLength } from "#lib/booking/slot.ts";
import { type SlotCell, slotCells } from "./slot-cells.ts";
import { useLastShape } from "./use-last-shape.ts";

interface QuestionProps {
  readonly view: CalendarView;
  readonly now: Millis;
  readonly asked: AskedInAddress;
  readonly booking: Booking;
  readonly onOffer: (offerId: string) => void;
}

/** To the first field that has something wrong with it. */
const focusWrongField = () =>
  document.querySelector<HTMLElement>("[aria-invalid=true], [data-wrong] input:checked")?.focus();

/** What is being asked: the form as it stands, what each slot says to it, and where what was refused belongs. */
export function useQuestion({ view, now, asked, booking, onOffer }: QuestionProps) {
  const router = useRouter();
  const [typed, setDraft] = useState<Draft>(() => firstDraft(view, asked));
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

  function change(part: Partial<Draft>) {
    setDraft((old) => ({ ...old, ...part }));
    if (atFields.length > 0) booking.forgetNo();
  }

  function ask(next: Draft = draft) {
    if (checkDraft(next, platform, window, now).request !== null) booking.ask(toForm(next, platform, window));
    else focusWrongField();
  }

  function choose(cell: SlotCell) {
    if (cell.kind === "mine" && cell.session) return router.push(`/sessions/${cell.session.id}`);
    if (cell.kind === "held" && cell.offer) return onOffer(cell.offer.id);
    const next: Draft = cell.start <= now ? { ...draft, start: "now" } : { ...draft, start: "slot", slot: cell.start };
    setDraft(next);
    if (cell.kind === "fits" || next.start === "now") return ask(next);
    // From here on there would be offers that start later; who chose this slot wants to know why not here.
    if (checkDraft(next, platform, window, now).request === null) return ask(next);
    booking.ask({ ...toForm(next, platform, window), start: { kind: "window", from: cell.start, until: cell.start } });
  }

  return { draft, checked, cells, window, refusals: { panel, atFields }, change, ask, choose };
}

export type Question = ReturnType<typeof useQuestion>;
