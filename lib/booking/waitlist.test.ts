import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slotStart } from "./slot.ts";
import { type WaitlistEntry, waitlistOrder } from "./waitlist.ts";

const rule = { slotMinutes: 60, windowHours: 24 };
const HOUR = 3_600_000;
const MINUTE = 60_000;
const SLOT = Date.UTC(2026, 10, 26, 13);

const entries = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    userId: fc.constantFrom("ada", "ben", "eva"),
    // Few different times and shares, so that ties happen.
    joinedAt: fc.integer({ min: 0, max: 11 }).map((step) => SLOT + step * 20 * MINUTE),
    share: fc.constantFrom(0, 0.1, 0.25, 1),
  }),
  { selector: ({ id }) => id, maxLength: 20 },
);

describe("whoever waits", () => {
  test("everybody has one place, whatever the order they are given in", () => {
    const shuffled = entries.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const order = waitlistOrder(list, rule);
        expect(waitlistOrder(other, rule)).toEqual(order);
        expect(new Set(order)).toEqual(new Set(list));
        expect(order).toHaveLength(list.length);
      }),
    );
  });

  test("the order of two does not depend on who else waits", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const order = waitlistOrder(list, rule);
        order.slice(1).forEach((entry, index) => {
          const before = order[index] as WaitlistEntry;
          expect(waitlistOrder([entry, before], rule)).toEqual([before, entry]);
        });
        const everySecond = list.filter((_, index) => index % 2 === 0);
        expect(waitlistOrder(everySecond, rule)).toEqual(order.filter((entry) => everySecond.includes(entry)));
      }),
    );
  });

  test("nobody who joined in an earlier hour comes after somebody who joined in a later one", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const hours = waitlistOrder(list, rule).map(({ joinedAt }) => slotStart(rule, joinedAt));
        expect(hours).toEqual([...hours].sort((a, b) => a - b));
      }),
    );
  });

  test("within an hour nobody with a larger share comes before somebody with a smaller one", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const order = waitlistOrder(list, rule);
        order.slice(1).forEach((entry, index) => {
          const before = order[index] as WaitlistEntry;
          if (slotStart(rule, before.joinedAt) !== slotStart(rule, entry.joinedAt)) return;
          expect(before.share).toBeLessThanOrEqual(entry.share);
        });
      }),
    );
  });
});

describe("examples", () => {
  const entry = (id: string, joinedAt: number, share: number) => ({ id, userId: id, joinedAt, share });
  const idsOf = (list: WaitlistEntry[]) => waitlistOrder(list, rule).map(({ id }) => id);

  test("of two who came between 13:00 and 14:00, the one who had less comes first", () => {
    expect(idsOf([entry("much", SLOT + MINUTE, 0.5), entry("little", SLOT + 50 * MINUTE, 0.1)])).toEqual([
      "little",
      "much",
    ]);
  });

  test("who came at 13:59 comes before who came at 14:00, however much they had", () => {
    expect(idsOf([entry("later", SLOT + HOUR, 0), entry("earlier", SLOT + HOUR - 1, 1)])).toEqual(["earlier", "later"]);
  });

  test("with the same share the time decides, and at the same time the id", () => {
    expect(idsOf([entry("c", SLOT, 0), entry("b", SLOT, 0), entry("a", SLOT + 1, 0)])).toEqual(["b", "c", "a"]);
  });
});
