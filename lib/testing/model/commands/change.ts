import fc from "fast-check";
import { expect } from "vitest";
import type { RefusalCode } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { extendSession } from "#lib/broker/extend-session.ts";
import { moveBooking } from "#lib/broker/move-booking.ts";
import { shortenSession } from "#lib/broker/shorten-session.ts";
import { Command, personOf } from "../command.ts";
import {
  bookingsOf,
  budgetRefuser,
  HOUR,
  hours,
  MINUTE,
  type Model,
  type ModelSession,
  pick,
  refuser,
  runningSlot,
  windowEnd,
} from "../model.ts";

/** Who changes which booking, and by how many hours. */
interface Change {
  readonly index: number;
  readonly slots: number;
  /** 1: by somebody else. */
  readonly stranger: number;
}

const someChange: fc.Arbitrary<Change> = fc.record({
  index: fc.nat(99),
  slots: fc.integer({ min: 1, max: 3 }),
  stranger: fc.integer({ min: 1, max: 10 }),
});

type Answer = RefusalCode | "YES";

/** What is in the way whatever is free: somebody else's booking, one that is over, one that runs. */
function inTheWay(model: Model, booking: ModelSession, isStranger: boolean, mayRun: boolean): Answer | null {
  if (isStranger) return "NOT_FOUND";
  const isOpen = ["ACCEPTED", "AVAILABLE"].includes(booking.phase) && booking.endsAt > model.now;
  if (!isOpen) return "ALREADY_OVER";
  return booking.phase === "AVAILABLE" && !mayRun ? "TOO_LATE" : null;
}

/** Whether the slots that a booking needs beside its own can be had. */
function canHave(model: Model, { person, resources, ...booking }: ModelSession, from: Millis, until: Millis): Answer {
  const isNew = (slot: Millis) => slot < booking.from || slot >= booking.until;
  const isOld = (slot: Millis) => slot >= from && slot < until;
  const added = hours(from, until).filter(isNew);
  const left = hours(booking.from, booking.until).filter((slot) => !isOld(slot) && slot >= runningSlot(model));
  const has = (slot: Millis) => model.closed.has(slot) || refuser(model, person, slot, resources, ["platform"]);
  if (added.some(has)) return "NO_CAPACITY";
  if (added.some((slot) => refuser(model, person, slot, resources, ["project", "user"]))) return "QUOTA_REACHED";
  return budgetRefuser(model, person, resources, added.length - left.length) ? "BUDGET_REACHED" : "YES";
}

/** Somebody extends a booking; a no says how long it could go on. */
export const extendCommand = someChange.map(({ index, slots, stranger }) => {
  const isStranger = stranger === 1;
  return new Command({
    title: `extend(booking ${index} by ${slots} h${isStranger ? ", by a stranger" : ""})`,
    applies: (model) => bookingsOf(model).length > 0,
    perform: async (model, real) => {
      const booking = pick(bookingsOf(model), index);
      const user = personOf(real, isStranger ? booking.person + 1 : booking.person);
      const until = booking.until + slots * HOUR;
      const why = inTheWay(model, booking, isStranger, true);
      const fits = until > windowEnd(model) ? "OUTSIDE_WINDOW" : canHave(model, booking, booking.from, until);
      const answer = await extendSession({ sessionId: booking.id, user, slots, now: model.now });
      expect(answer.ok ? "YES" : answer.error.refusal.code, "the answer to extending").toBe(why ?? fits);
      if (!answer.ok) return expect(answer.error.longest, "the longest").toBe(why ? 0 : longest(model, booking));
      booking.until = until;
      booking.endsAt += slots * HOUR;
      expect(answer.value.endsAt).toBe(booking.endsAt);
    },
  });
});

function longest(model: Model, booking: ModelSession): number {
  let slots = 0;
  for (let until = booking.until + HOUR; until <= windowEnd(model); until += HOUR) {
    if (canHave(model, booking, booking.from, until) !== "YES") break;
    slots++;
  }
  return slots;
}

/** Somebody gives back the last hours of a booking; the slot that runs, or the first one, stays. */
export function shorten({ index, slots, stranger }: Change): Command {
  const isStranger = stranger === 1;
  return new Command({
    title: `shorten(booking ${index} by ${slots} h${isStranger ? ", by a stranger" : ""})`,
    applies: (model) => bookingsOf(model).length > 0,
    perform: async (model, real) => {
      const booking = pick(bookingsOf(model), index);
      const user = personOf(real, isStranger ? booking.person + 1 : booking.person);
      const endsAt = booking.endsAt - slots * HOUR;
      const kept = Math.floor(Math.max(booking.startsAt, model.now) / HOUR) * HOUR + HOUR;
      const expected = inTheWay(model, booking, isStranger, true) ?? (endsAt < kept ? "INVALID_REQUEST" : "YES");
      const answer = await shortenSession({ sessionId: booking.id, user, slots, now: model.now });
      expect(answer.ok ? "YES" : answer.error.code, "the answer to shortening").toBe(expected);
      if (!answer.ok) return;
      booking.endsAt = endsAt;
      booking.until -= slots * HOUR;
    },
  });
}

export const shortenCommand = someChange.map(shorten);

/** Somebody moves a booking that has not begun; it keeps its time when the other one cannot be had. */
export function move({ index, stranger }: Omit<Change, "slots">, slot: number): Command {
  const isStranger = stranger === 1;
  return new Command({
    title: `move(booking ${index} to in ${slot} h${isStranger ? ", by a stranger" : ""})`,
    applies: (model) => bookingsOf(model).length > 0,
    perform: async (model, real) => {
      const booking = pick(bookingsOf(model), index);
      const user = personOf(real, isStranger ? booking.person + 1 : booking.person);
      const startsAt = runningSlot(model) + slot * HOUR;
      const until = startsAt + booking.until - booking.from;
      const isOutside = startsAt - model.now < MINUTE || until > windowEnd(model);
      const expected =
        inTheWay(model, booking, isStranger, false) ??
        (isOutside ? "OUTSIDE_WINDOW" : canHave(model, booking, startsAt, until));
      const answer = await moveBooking({ sessionId: booking.id, user, startsAt, now: model.now });
      expect(answer.ok ? "YES" : answer.error.code, "the answer to moving").toBe(expected);
      if (!answer.ok) return;
      Object.assign(booking, { from: startsAt, until, startsAt, endsAt: until });
      expect(answer.value).toEqual({ startsAt, endsAt: until });
    },
  });
}

export const moveCommand = fc
  .tuple(someChange, fc.integer({ min: -1, max: 6 }))
  .map(([change, slot]) => move(change, slot));
