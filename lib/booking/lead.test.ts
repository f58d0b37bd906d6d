import fc from "fast-check";
import { expect, test } from "vitest";
import { learnedLead, MOST_LEAD_SECONDS, mostLead } from "./lead.ts";

const times = fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 3, maxLength: 50 });
const bounds = fc.record({
  mostSeconds: fc.integer({ min: 0, max: MOST_LEAD_SECONDS }),
  otherwiseSeconds: fc.integer({ min: 0, max: 2 * MOST_LEAD_SECONDS }),
});
const wide = { mostSeconds: 3_600, otherwiseSeconds: 7 };

test("nine of ten recent starts took no longer than the lead, and a second less would not do", () => {
  fc.assert(
    fc.property(times, (all) => {
      const lead = learnedLead(all, wide);
      const within = (seconds: number) => all.filter((time) => time <= seconds * 1000).length;
      expect(within(lead)).toBeGreaterThanOrEqual(all.length * 0.9);
      if (lead > 0) expect(within(lead - 1)).toBeLessThan(all.length * 0.9);
    }),
  );
});

test("a lead is a whole number of seconds, never negative and never more than the most", () => {
  fc.assert(
    fc.property(fc.oneof(times, fc.constant([])), bounds, (all, limits) => {
      const lead = learnedLead(all, limits);
      expect(Number.isInteger(lead)).toBe(true);
      expect(lead).toBeGreaterThanOrEqual(0);
      expect(lead).toBeLessThanOrEqual(limits.mostSeconds);
    }),
  );
});

test("the order of the starts does not matter", () => {
  fc.assert(
    fc.property(times, bounds, (all, limits) => {
      expect(learnedLead(all.toReversed(), limits)).toBe(learnedLead(all, limits));
    }),
  );
});

test("one start that took very long does not make everybody start early", () => {
  const usual = Array.from({ length: 19 }, () => 40_200);
  expect(learnedLead([...usual, 900_000], wide)).toBe(41);
});

test.each([0, 1, 2])("%i starts say nothing: the platform's own lead counts", (count) => {
  expect(learnedLead(Array(count).fill(90_000), wide)).toBe(7);
});

test("nobody starts more than ten minutes early, nor more than half a slot", () => {
  expect(mostLead({ slotMinutes: 60 })).toBe(600);
  expect(mostLead({ slotMinutes: 15 })).toBe(450);
  expect(mostLead({ slotMinutes: 1 })).toBe(30);
});
