import { expect, test } from "vitest";
import type { OfferSetView, OfferView } from "#lib/api/view.ts";
import { bookWords, notWhenAsked, offerBeside, offerSpan, offerTruth } from "./offer-words.ts";

const startsAt = Date.parse("2026-11-24T19:00:00Z");
const offer: OfferView = {
  id: "1",
  startsAt,
  endsAt: startsAt + 3_600_000,
  startsNow: false,
  resources: { cores: 4, memoryGiB: 16, gpus: 0 },
  executable: { type: "notebook", image: null },
  strategy: "soonest",
  expiresAt: startsAt,
};
const toronto = { shown: "America/Toronto", beside: "UTC" };
const sentence = ({ when, rest }: { when: string; rest: string }) => when + rest;

test("the sentence of truth says when, how much, what, and what stays", () => {
  expect(sentence(offerTruth(offer, toronto))).toBe(
    "Tue 24 Nov 14:00–15:00 Toronto (19:00–20:00 UTC), 4 cores, 16 GiB, notebook on this machine, ends 15:00 sharp, saved files stay.",
  );
  expect(bookWords(offer, toronto)).toBe("Book 14:00–15:00");
});

test("an offer that starts now says until when", () => {
  const now = { ...offer, startsNow: true };
  expect(bookWords(now, toronto)).toBe("Book now, until 15:00");
  expect(sentence(offerTruth(now, toronto))).toContain(
    "Now, until Tue 24 Nov 15:00 Toronto (until 20:00 UTC), 4 cores",
  );
});

test("an image is named without its project, and UTC is not said twice", () => {
  const image = { ...offer, executable: { type: "notebook" as const, image: "skaha/astroml:latest" } };
  expect(sentence(offerTruth(image, { shown: "UTC", beside: null }))).toBe(
    "Tue 24 Nov 19:00–20:00 UTC, 4 cores, 16 GiB, notebook astroml:latest, ends 20:00 sharp, saved files stay.",
  );
});

test("an offer that ends on another day names that day, wherever it is read", () => {
  const startsAt = Date.parse("2026-11-25T00:00:00Z");
  const long = { ...offer, startsAt, endsAt: startsAt + 20 * 3_600_000 };
  expect(offerSpan(long, toronto)).toBe("19:00–15:00 Wed");
  expect(bookWords(long, toronto)).toBe("Book 19:00–15:00 Wed");
  expect(sentence(offerTruth(long, toronto))).toBe(
    "Tue 24 Nov 19:00–15:00 Wed Toronto (00:00–20:00 UTC Wed), 4 cores, 16 GiB, notebook on this machine, ends 15:00 Wed sharp, saved files stay.",
  );
  const now = { ...long, startsNow: true };
  expect(offerSpan(now, toronto)).toBe("now–15:00 Wed");
  expect(bookWords(now, toronto)).toBe("Book now, until 15:00 Wed");
});

test("an offer that ends at midnight UTC says whose midnight", () => {
  const now = { ...offer, startsNow: true, endsAt: Date.parse("2026-11-25T00:00:00Z") };
  expect(offerBeside(now, toronto)).toBe("until 00:00 UTC Wed");
  expect(sentence(offerTruth(now, toronto))).toContain("Now, until Tue 24 Nov 19:00 Toronto (until 00:00 UTC Wed), ");
});

test("who asked for now, or from a slot on, and gets only later offers is told so", () => {
  const set = (kind: "now" | "window", first: OfferView) =>
    ({ id: "s", request: { start: { kind, from: startsAt } }, offers: [first] }) as unknown as OfferSetView;
  const asked = startsAt - 600_000;
  expect(notWhenAsked(set("now", offer), asked, toronto)).toBe(
    "Nothing can start at once; the soonest is 14:00 Toronto.",
  );
  expect(notWhenAsked(set("now", { ...offer, startsAt: startsAt + 12 * 3_600_000 }), asked, toronto)).toContain(
    "02:00 Wed Toronto",
  );
  expect(notWhenAsked(set("now", { ...offer, startsNow: true }), asked, toronto)).toBeNull();
  expect(notWhenAsked(set("window", offer), asked, toronto)).toBeNull();
  const later = { ...offer, startsAt: startsAt + 3_600_000 };
  expect(notWhenAsked(set("window", later), asked, toronto)).toBe(
    "14:00 has no room for this; the soonest is 15:00 Toronto.",
  );
});
