import fc from "fast-check";
import { expect, test } from "vitest";
import { someSituation } from "#lib/testing/some-capacity.ts";
import { couldFit, freeBySlot, hasMoreThan } from "./freed.ts";
import { chooseOffers } from "./offers.ts";

test("whoever gets an offer is never sent away by the quick look", () => {
  fc.assert(
    fc.property(someSituation, ({ request, rule, capacity, now }) => {
      if (chooseOffers(request, rule, capacity, now).length > 0) {
        expect(couldFit(request, rule, capacity.slots, now)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test("a platform has more than before when a slot has more, or is new; never when nothing changed or something went", () => {
  fc.assert(
    fc.property(someSituation, fc.nat(), ({ capacity: { slots } }, index) => {
      const before = freeBySlot(slots);
      expect(hasMoreThan(slots, before)).toBe(false);
      const at = index % slots.length;
      const changed = (by: number) =>
        slots.map((slot, position) => {
          const { platform } = slot.accounts;
          const limit = { ...platform.limit, cores: Math.max(platform.limit.cores, platform.used.cores) + by };
          const accounts = { ...slot.accounts, platform: { ...platform, limit } };
          return position === at ? { ...slot, closed: null, accounts } : slot;
        });
      expect(hasMoreThan(changed(1), before)).toBe(true);
      expect(hasMoreThan(slots, freeBySlot(changed(1)))).toBe(false);
      expect(hasMoreThan(slots, freeBySlot(slots.filter((_, position) => position !== at)))).toBe(true);
    }),
  );
});
