import { expect, test } from "vitest";
import type { CalendarView } from "#lib/api/view.ts";
import { whyNoExtension } from "./why-no-extension.ts";

const hour = 3_600_000;
const start = Date.parse("2026-11-24T19:00:00Z");
const limit = { cores: 4, memoryGiB: 16, gpus: 0 };
const none = { cores: 0, memoryGiB: 0, gpus: 0 };
const session = { platform: { name: "local", title: "" }, endsAt: start + hour, resources: { ...limit, cores: 2 } };

const view = (next: { platform?: number; project?: number; user?: number; closed?: string }) => {
  const account = (cores = 0) => ({ used: { ...none, cores }, limit });
  const accounts = { platform: account(next.platform), project: account(next.project), user: account(next.user) };
  const slots = [start, start + hour].map((at) => ({ start: at, closed: next.closed ?? null, accounts }));
  return { platform: { name: "local", slotMinutes: 60 }, slots } as unknown as CalendarView;
};

test.each([
  [{ platform: 4 }, "It cannot be extended: the next slot is taken."],
  [{ project: 4, platform: 2 }, "It cannot be extended: that is more than your project may have then."],
  [{ user: 3 }, "It cannot be extended: that is more than you may have then."],
  [{ closed: "maintenance" }, "It cannot be extended: the next slot is closed."],
  [{}, "It cannot be extended: the hours of this window are used up."],
])("what is in the way of an extension is said", (next, sentence) => {
  expect(whyNoExtension(session, view(next))).toBe(sentence);
});

test("a session that ends with the window can be extended later", () => {
  const last = { ...session, endsAt: start + 2 * hour };
  expect(whyNoExtension(last, view({}))).toBe("It cannot be extended: one can book no further ahead yet.");
});

test("while the calendar shows another platform, only what is sure is said", () => {
  expect(whyNoExtension({ ...session, platform: { name: "far", title: "" } }, view({ user: 3 }))).toMatch(/is taken/);
  expect(whyNoExtension(session, undefined)).toMatch(/is taken/);
});
