import fc from "fast-check";
import { expect } from "vitest";
import { canCancel } from "#lib/booking/phase.ts";
import type { RefusalCode } from "#lib/booking/refusal.ts";
import { cancelSession } from "#lib/broker/cancel-session.ts";
import { Command, personOf } from "../command.ts";
import { bookingsOf, end, type ModelSession, pick } from "../model.ts";

/** Somebody cancels a booking; now and then one that is over, or not theirs. */
export const cancelCommand = fc.record({ index: fc.nat(99), stranger: fc.integer({ min: 1, max: 8 }) }).map(cancel);

/** Which booking is cancelled; `stranger` 1: by somebody else. */
interface Cancellation {
  readonly index: number;
  readonly stranger: number;
}

export function cancel({ index, stranger }: Cancellation): Command {
  const isStranger = stranger === 1;
  return new Command({
    title: `cancel(booking ${index}${isStranger ? ", by a stranger" : ""})`,
    applies: (model) => bookingsOf(model).length > 0,
    perform: async (model, real) => {
      const booking = pick(bookingsOf(model), index);
      const user = personOf(real, isStranger ? booking.person + 1 : booking.person);
      const expected = isStranger ? "NOT_FOUND" : expectedAnswer(booking);
      const answer = await cancelSession({ sessionId: booking.id, user, now: model.now });
      expect(answer.ok ? "YES" : answer.error.code, "the answer to cancelling").toBe(expected);
      if (expected === "YES" && booking.phase !== "CANCELLED") end(model, booking, "CANCELLED");
    },
  });
}

const expectedAnswer = ({ phase }: ModelSession): RefusalCode | "YES" =>
  phase === "CANCELLED" || canCancel(phase) ? "YES" : "ALREADY_OVER";
