import { expect, test } from "vitest";
import type { OfferSetView, WaitView } from "#lib/api/view.ts";
import { heldOffers, setOfWait, setsToReplace, setToShow } from "./offer-sets.ts";

const set = (id: string, ...expires: number[]) =>
  ({ id, offers: expires.map((expiresAt, index) => ({ id: `${id}${index}`, expiresAt })) }) as unknown as OfferSetView;
const wait = (offerSetId: string | null) => ({ offerSetId }) as WaitView;

test("a new question takes the place of all sets but those of the waiting list", () => {
  const offerSets = [set("new", 9), set("list", 9)];
  expect(setsToReplace({ offerSets, waits: [wait("list"), wait(null)] })).toEqual(["new"]);
});

test("a set that arrives does not push away the one that is looked at", () => {
  const sets = [set("list", 9), set("looked", 9)];
  expect(setToShow(sets, 0, [null, "looked"])?.id).toBe("looked");
  expect(setToShow(sets, 0, ["list", "looked"])?.id).toBe("list");
  expect(setToShow(sets, 0, [null, null])?.id).toBe("list");
});

test("what has run out is not shown", () => {
  expect(setToShow([set("old", 5), set("live", 9)], 5, ["old", null])?.id).toBe("live");
  expect(setToShow([set("old", 5), set("none")], 5, [null])).toBeNull();
  expect(setOfWait(wait("old"), [set("old", 5)], 5)).toBeNull();
  expect(setOfWait(wait("old"), [set("old", 5)], 4)?.id).toBe("old");
});

test("every offer that is held has its number in its own set", () => {
  const held = heldOffers([set("a", 9, 3, 9), set("b", 9)], 5);
  expect(held.map(({ offer, number }) => [offer.id, number])).toEqual([
    ["a0", 1],
    ["a2", 3],
    ["b0", 1],
  ]);
});
