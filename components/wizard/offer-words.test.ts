import { expect, test } from "vitest";
import type { OfferView } from "#lib/api/view.ts";
import { bookWords, offerTruth } from "./offer-words.ts";

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
