import fc from "fast-check";
import { expect, test } from "vitest";
import { someSituation } from "#lib/testing/some-capacity.ts";
import { couldFit, freeBySlot, hasMoreThan, leastBySlot, platformAlone } from "./freed.ts";
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

test("whoever fits still fits when nothing but the platform's slots limits them", () => {
  fc.assert(
    fc.property(someSituation, ({ request, rule, capacity, now }) => {
      if (chooseOffers(request, rule, capacity, now).length > 0) {
        expect(chooseOffers(request, rule, platformAlone(capacity), now)).not.toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

test("where the platform has room for nobody, it has none while it has no more than that in any slot", () => {
  fc.assert(
    fc.property(someSituation, fc.func(fc.nat(3)), ({ request, rule, capacity, now }, takenOf) => {
      if (chooseOffers(request, rule, platformAlone(capacity), now).length > 0) return;
      const slots = capacity.slots.map((slot) => {
        const { used, limit } = slot.accounts.platform;
        const platform = { limit, used: { ...used, cores: used.cores + takenOf(slot.start) } };
        return { ...slot, accounts: { ...slot.accounts, platform } };
      });
      expect(hasMoreThan(slots, freeBySlot(capacity.slots))).toBe(false);
      expect(chooseOffers(request, rule, { ...capacity, slots }, now)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("of two looks, a platform has more than the least when it has more than either", () => {
  fc.assert(
    fc.property(someSituation, fc.func(fc.integer({ min: -2, max: 2 })), ({ capacity: { slots } }, more) => {
      const other = slots.map((slot) => {
        const { used, limit } = slot.accounts.platform;
        const platform = { limit, used: { ...used, cores: Math.max(0, used.cores + more(slot.start)) } };
        return { ...slot, accounts: { ...slot.accounts, platform } };
      });
      const least = leastBySlot(freeBySlot(slots), freeBySlot(other));
      for (const look of [slots, other]) {
        const isLeast = [slots, other].every((one) => !hasMoreThan(look, freeBySlot(one)));
        expect(hasMoreThan(look, least)).toBe(!isLeast);
      }
    }),
  );
});
