"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { acceptOffer, rejectOffers, requestOffers } from "#app/actions/booking.ts";
import { type RequestForm, toRequestForm } from "#lib/api/execution-request.ts";
import type { CalendarView, NoView, OfferSetView } from "#lib/api/view.ts";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import { focusOffers, isNowhere } from "./focus-offers.ts";
import { setsToReplace } from "./offer-sets.ts";

interface Question {
  readonly form: RequestForm;
  /** The name of another platform, to ask there. */
  readonly elsewhere?: string;
}

/**
 * Asking, booking and releasing, and what came of it. One set of offers at a time: asking releases what is held, but for
 * what the waiting list holds.
 */
export function useBooking(view: CalendarView) {
  const client = useQueryClient();
  const router = useRouter();
  const [no, setNo] = useState<NoView | null>(null);
  // What the "no" was said to.
  const [asked, setAsked] = useState<RequestForm | null>(null);
  const [answeredId, setAnsweredId] = useState<string | null>(null);
  const [releasedId, setReleasedId] = useState<string | null>(null);
  const readAgain = () => client.invalidateQueries({ queryKey: calendarQuery.queryKey });
  const replaced = setsToReplace(view);

  /** Shows a set at once, in the place of others. */
  function hold(set: OfferSetView | null, instead: readonly string[]) {
    client.setQueryData(calendarQuery.queryKey, (old) => {
      const kept = old?.offerSets.filter(({ id }) => id !== set?.id && !instead.includes(id)) ?? [];
      return old && { ...old, offerSets: set === null ? kept : [set, ...kept] };
    });
    if (set !== null) setAnsweredId(set.id);
  }

  const asking = useMutation({
    mutationFn: ({ form, elsewhere }: Question) =>
      elsewhere === undefined ? requestOffers(form, replaced) : requestOffers(form, [], elsewhere),
    onMutate({ form, elsewhere }) {
      setAsked(form);
      if (elsewhere === undefined) setReleasedId(replaced[0] ?? null);
    },
    onSuccess(answer, { elsewhere }) {
      setNo(answer.ok ? null : answer.no);
      // Of another platform the whole calendar is another one: it comes with its offers.
      if (answer.ok && elsewhere === undefined) hold(answer.value, replaced);
    },
    async onSettled(answer, _error, { elsewhere }) {
      await readAgain();
      // There is a new desk now, and what was pressed went with the old one.
      if (elsewhere !== undefined && answer?.ok) requestAnimationFrame(() => isNowhere() && focusOffers());
    },
  });

  const accepting = useMutation({
    mutationFn: ({ offerId }: { offerId: string; set: OfferSetView | undefined }) => acceptOffer(offerId),
    onSuccess(answer, { set }) {
      if (answer.ok) return router.push(`/sessions/${answer.value.sessionId}`);
      setAsked(set ? toRequestForm(set.request) : null);
      setNo(answer.no);
      if (answer.no.fresh) hold(answer.no.fresh, set ? [set.id] : []);
    },
    onSettled: readAgain,
  });

  const releasing = useMutation({
    mutationFn: (setId: string) => rejectOffers(setId),
    onMutate: setReleasedId,
    onSuccess(answer, setId) {
      if (answer.ok) hold(null, [setId]);
      else setNo(answer.no);
    },
    onSettled: readAgain,
  });

  const all = [asking, accepting, releasing];
  /**
   * A step does not begin twice, and nothing begins while a booking is being made. Offers can be on the page before the
   * answer to the question is (the live stream is quicker): booking one must not wait for that, or the click is lost.
   */
  function begin(mine: { readonly isPending: boolean }, step: () => void) {
    if (mine.isPending || accepting.isPending) return;
    for (const one of all) if (one.isError) one.reset();
    step();
  }
  const setOf = (offerId: string) => view.offerSets.find(({ offers }) => offers.some(({ id }) => id === offerId));
  return {
    ask: (form: RequestForm, elsewhere?: string) => begin(asking, () => asking.mutate({ form, elsewhere })),
    accept: (offerId: string) => begin(accepting, () => accepting.mutate({ offerId, set: setOf(offerId) })),
    release: (setId: string) => begin(releasing, () => releasing.mutate(setId)),
    isAsking: asking.isPending,
    isBooking: accepting.isPending || (accepting.isSuccess && accepting.data.ok),
    isReleasing: releasing.isPending,
    isReleased: releasing.isSuccess && releasing.data.ok,
    /** The last "no", until the next question, and the request it was said to. */
    no,
    asked,
    sayNo: setNo,
    forgetNo: () => setNo(null),
    /** The set that came as the last answer. */
    answeredId,
    /** The set that was given back on purpose: it did not expire. */
    releasedId,
    /** Nobody answered, or the answer was a fault of ours. */
    isBroken: all.some((step) => step.isError),
  };
}

export type Booking = ReturnType<typeof useBooking>;
