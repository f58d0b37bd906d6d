import fc from "fast-check";
import { expect, test } from "vitest";
import { bookingWindow, isSlotStart, slotLength, slotStart, slotsIn } from "./slot.ts";

const rules = fc.record({
  slotMinutes: fc.constantFrom(1, 5, 15, 20, 30, 60, 120, 1440),
  windowHours: fc.constantFrom(24, 48, 168),
});
const times = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

test("every time lies in exactly one slot, which begins at or before it", () => {
  fc.assert(
    fc.property(rules, times, (rule, at) => {
      const start = slotStart(rule, at);
      expect(start <= at && at < start + slotLength(rule)).toBe(true);
      expect(isSlotStart(rule, start)).toBe(true);
    }),
  );
});

test("slots are aligned to the UTC day, whatever the zone of the machine", () => {
  fc.assert(
    fc.property(rules, times, (rule, at) => {
      const midnight = Math.floor(at / 86_400_000) * 86_400_000;
      expect(isSlotStart(rule, midnight)).toBe(true);
      expect((slotStart(rule, at) - midnight) % slotLength(rule)).toBe(0);
    }),
  );
});

test("the window begins with the running slot and its slots follow each other without a gap", () => {
  fc.assert(
    fc.property(rules, times, (rule, now) => {
      const window = bookingWindow(rule, now);
      const slots = slotsIn(rule, window);
      expect(slots[0]).toBe(slotStart(rule, now));
      expect(slots).toHaveLength((rule.windowHours * 60) / rule.slotMinutes);
      slots.slice(1).forEach((start, index) => {
        expect(start - (slots[index] ?? 0)).toBe(slotLength(rule));
      });
      expect((slots.at(-1) ?? 0) + slotLength(rule)).toBe(window.end);
    }),
    { numRuns: 50 },
  );
});
