import { expect, test } from "vitest";
import type { EventView, SessionDetailView } from "#lib/api/view.ts";
import { canOpen, isSilent, isStartingAgain } from "./link-state.ts";
import { sessionState } from "./session-state.ts";

const hour = 3_600_000;
const event = (at: number, name: string, phase: EventView["phase"] = null): EventView => ({
  at,
  event: name,
  phase,
  actor: "meridian",
  why: null,
});
const session = (connector: SessionDetailView["connector"], ...events: EventView[]) =>
  ({
    phase: "RUNNING",
    connector,
    startsAt: 0,
    endsAt: hour,
    phaseSince: 2,
    reason: null,
    events,
  }) as unknown as SessionDetailView;
const says = (one: SessionDetailView) => sessionState(one, 10, { shown: "UTC", beside: null }).sentence;
const available = event(1, "PHASE", "AVAILABLE");

test("while the link answers there is something to open", () => {
  expect(canOpen(session("AVAILABLE", available))).toBe(true);
  expect(says(session("AVAILABLE", available))).toContain("Your notebook answers since");
});

test("a running session whose link is lost says that it does not answer", () => {
  const lost = session("PREPARING", available);
  expect([canOpen(lost), isSilent(lost), isStartingAgain(lost)]).toEqual([false, true, false]);
  expect(says(lost)).toBe("Does not answer right now; the link comes back when it does.");
});

test("one that is started anew says so, until its link has answered again", () => {
  const again = session("PREPARING", available, event(3, "RESTARTED"));
  expect(says(again)).toMatch(/^Starting again\./);
  expect(isStartingAgain(session("AVAILABLE", available, event(3, "RESTARTED"), event(4, "LINK")))).toBe(false);
  expect(isStartingAgain(session("PREPARING", available, event(3, "RESTARTED"), event(4, "LINK")))).toBe(false);
});

test("a failure says why, and that the rest of its time is free", () => {
  const failed = { ...session(null), phase: "FAILED", reason: "Jupyter ended with code 1." } as SessionDetailView;
  expect(says(failed)).toBe("Jupyter ended with code 1. What was left of its time is free again.");
});
