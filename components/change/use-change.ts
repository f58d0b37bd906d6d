"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Answer } from "#lib/api/view.ts";
import type { Refusal } from "#lib/booking/refusal.ts";

/** What stands in the way of a change: the refusals of its last try, or that nobody answered as they should. */
export interface ChangeState {
  readonly isPending: boolean;
  readonly isDone: boolean;
  readonly refusals: readonly Refusal[];
  readonly isBroken: boolean;
}

/** One change of a booking: made once at a time, and all that is on screen is read again after it. */
export function useChange<Given>(step: (given: Given) => Promise<Answer<unknown>>) {
  const client = useQueryClient();
  const changing = useMutation({ mutationFn: step, onSettled: () => client.invalidateQueries() });
  const answer = changing.data;
  const state: ChangeState = {
    isPending: changing.isPending,
    isDone: answer?.ok === true && !changing.isPending,
    refusals: answer && !answer.ok ? answer.no.refusals : [],
    isBroken: changing.isError,
  };
  return {
    ...state,
    /** `onDone`: once it is done and the page shows it. */
    run(given: Given, onDone?: () => void) {
      if (!changing.isPending) changing.mutate(given, { onSuccess: (said) => said.ok && onDone?.() });
    },
    forget: () => changing.reset(),
  };
}
