"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { joinWaitlist, leaveWaitlist } from "#app/actions/booking.ts";
import type { RequestForm } from "#lib/api/execution-request.ts";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import type { Booking } from "./use-booking.ts";

/** Joining and leaving the waiting list. A "no" to either stands where the other ones do. */
export function useWaiting(booking: Booking) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: calendarQuery.queryKey });
  const joining = useMutation({
    mutationFn: (form: RequestForm) => joinWaitlist(form),
    onSuccess: (answer) => booking.sayNo(answer.ok ? null : answer.no),
    onSettled,
  });
  const leaving = useMutation({
    mutationFn: (waitId: string) => leaveWaitlist(waitId),
    onSuccess: (answer) => !answer.ok && booking.sayNo(answer.no),
    onSettled,
  });
  return {
    join: (form: RequestForm) => !joining.isPending && joining.mutate(form),
    leave: (waitId: string) => !leaving.isPending && leaving.mutate(waitId),
    isJoining: joining.isPending,
    hasJoined: joining.isSuccess && joining.data.ok,
    hasLeft: leaving.isSuccess && leaving.data.ok,
    /** The place that is being left. */
    leavingId: leaving.isPending ? leaving.variables : null,
    isBroken: joining.isError || leaving.isError,
  };
}

export type Waiting = ReturnType<typeof useWaiting>;
