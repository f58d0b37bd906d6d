"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { acceptOffer, rejectOffers, requestOffers } from "#app/actions/booking.ts";
import type { RequestForm } from "#lib/api/execution-request.ts";
import type { CalendarView, NoView, OfferSetView } from "#lib/api/view.ts";
import { calendarQuery } from "#lib/client/calendar-query.ts";

/** Asking, booking and releasing, and what came of it. One set of offers at a time: asking releases what is held. */
export function useBooking(view: CalendarView) {
  const client = useQueryClient();
  const router = useRouter();
  const [no, setNo] = useState<NoView | null>(null);
  const [releasedId, setReleasedId] = useState<string | null>(null);
  const readAgain = () => client.invalidateQueries({ queryKey: calendarQuery.queryKey });
  const held = view.offerSets.map((set) => set.id);

  const hold = (sets: readonly OfferSetView[]) =>
    client.setQueryData(calendarQuery.queryKey, (old) => old && { ...old, offerSets: sets });

  const asking = useMutation({
    mutationFn: (form: RequestForm) => requestOffers(form, held),
    onMutate: () => setReleasedId(held[0] ?? null),
    onSuccess(answer) {
      setNo(answer.ok ? null : answer.no);
      if (answer.ok) hold([answer.value]);
    },
    onSettled: readAgain,
  });

  const accepting = useMutation({
    mutationFn: (offerId: string) => acceptOffer(offerId),
    onSuccess(answer) {
      if (answer.ok) router.push(`/sessions/${answer.value.sessionId}`);
      else setNo(answer.no);
    },
    onSettled: readAgain,
  });

  const releasing = useMutation({
    mutationFn: (setId: string) => rejectOffers(setId),
    onMutate: setReleasedId,
    onSuccess(answer) {
      if (answer.ok) hold([]);
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
  return {
    ask: (form: RequestForm) => begin(asking, () => asking.mutate(form)),
    accept: (offerId: string) => begin(accepting, () => accepting.mutate(offerId)),
    release: (setId: string) => begin(releasing, () => releasing.mutate(setId)),
    isAsking: asking.isPending,
    isBooking: accepting.isPending || (accepting.isSuccess && accepting.data.ok),
    isReleasing: releasing.isPending,
    isReleased: releasing.isSuccess && releasing.data.ok,
    /** The last "no", until the next question. */
    no,
    forgetNo: () => setNo(null),
    /** The set that was given back on purpose: it did not expire. */
    releasedId,
    /** Nobody answered, or the answer was a fault of ours. */
    isBroken: all.some((step) => step.isError),
  };
}

export type Booking = ReturnType<typeof useBooking>;
