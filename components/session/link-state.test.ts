import { describe, expect, test } from "vitest";
import type { EventView, SessionDetailView } from "#lib/api/view.ts";
import { canOpen, isSilent, isStartingAgain, opensLater } from "./link-state.ts";
import { sessionState, whenItOpens } from "./session-state.ts";
import { timeline } from "./timeline.ts";

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
    executable: { type: "notebook", image: null },
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
  expect(canOpen(session("AVAILABLE", available), 10)).toBe(true);
  expect(says(session("AVAILABLE", available))).toContain("Your notebook answers since");
});

test("a running session whose link is lost says that it does not answer", () => {
  const lost = session("PREPARING", available);
  expect([canOpen(lost, 10), isSilent(lost), isStartingAgain(lost)]).toEqual([false, true, false]);
  expect(says(lost)).toBe("Does not answer right now; the link comes back when it does.");
});

test("one that is started anew says so, until its link has answered again", () => {
  const again = session("PREPARING", available, event(3, "RESTARTED"));
  expect(says(again)).toMatch(/^Starting again\./);
  expect(isStartingAgain(session("AVAILABLE", available, event(3, "RESTARTED"), event(4, "LINK")))).toBe(false);
  expect(isStartingAgain(session("PREPARING", available, event(3, "RESTARTED"), event(4, "LINK")))).toBe(false);
});

test("what is over here and not there says so, whichever way it ended", () => {
  const left = { ...session(null), reason: "Cancelled by its owner.", releaseTrouble: "CANFAR does not answer." };
  expect(says({ ...left, phase: "CANCELLED" })).toBe(
    "Cancelled by its owner. It could not be removed yet: CANFAR does not answer.",
  );
  expect(says({ ...left, phase: "RELEASING" })).toBe("It could not be removed yet: CANFAR does not answer.");
});

test("a failure says why, and that the rest of its time is free", () => {
  const failed = { ...session(null), phase: "FAILED", reason: "Jupyter ended with code 1." } as SessionDetailView;
  expect(says(failed)).toBe("Jupyter ended with code 1. What was left of its time is free again.");
});

describe("a session that is started early", () => {
  const opens = Date.UTC(2026, 10, 26, 14);
  const early = (phase: SessionDetailView["phase"], connector: SessionDetailView["connector"]) =>
    ({
      ...session(connector, available),
      phase,
      startsAt: opens,
      endsAt: opens + hour,
      phaseSince: opens - 90_000,
    }) as SessionDetailView;
  const toronto = { shown: "America/Toronto", beside: "UTC" };
  const ready = early("AVAILABLE", "AVAILABLE");

  test("is ready and opens when its slot begins, to the millisecond", () => {
    expect([canOpen(ready, opens - 1), opensLater(ready, opens - 1)]).toEqual([false, true]);
    expect([canOpen(ready, opens), opensLater(ready, opens)]).toEqual([true, false]);
    expect(isSilent(ready)).toBe(false);
  });

  test("says when that is, in the zone that is shown", () => {
    expect(whenItOpens(ready, opens - 1, { shown: "UTC", beside: null })).toBe("Ready, opens at 14:00 UTC");
    expect(whenItOpens(ready, opens - 1, toronto)).toBe("Ready, opens at 09:00 Toronto");
    expect(sessionState(ready, opens - 1, toronto)).toMatchObject({
      word: "Ready",
      sentence: "Started early. It opens 09:00 Toronto (14:00 UTC), when its slot begins.",
    });
    expect(sessionState(ready, opens, toronto)).toMatchObject({ word: "Available" });
  });

  test("and does not answer yet says so, and does not call that waiting for its start", () => {
    const preparing = early("PREPARING", "PREPARING");
    expect(whenItOpens(preparing, opens - 1, toronto)).toBe("Opens at 09:00 Toronto, once it answers");
    expect(sessionState(preparing, opens - 30_000, toronto).sentence).toContain("It is started early");
    expect(whenItOpens(preparing, opens, toronto)).toBe("Opens when the link answers");
  });

  test("has its slot's start among what is to come", () => {
    const titles = (now: number) => timeline(ready, now).map(({ title }) => title);
    expect(titles(opens - 1)).toContain("Opens");
    expect(titles(opens)).not.toContain("Opens");
  });
});

test("a program has nothing to open: it runs, and while its platform does not run it that is said", () => {
  const program = (connector: SessionDetailView["connector"]) =>
    ({ ...session(connector, available), phase: "AVAILABLE", executable: { type: "headless" } }) as SessionDetailView;
  expect(canOpen(program("AVAILABLE"), 10)).toBe(false);
  expect(isSilent(program("AVAILABLE"))).toBe(false);
  expect(sessionState(program("AVAILABLE"), 10, { shown: "UTC", beside: null })).toMatchObject({
    word: "Running",
    sentence: "Runs since 00:00:00 UTC. When it ends, what is left of its time is free again.",
  });
  expect(says(program("PREPARING"))).toBe("The platform does not run it right now; it goes on when it does.");
});

test("what is said names what runs", () => {
  const carta = { ...session("AVAILABLE", available), executable: { type: "carta" } } as SessionDetailView;
  expect(says(carta)).toContain("CARTA answers since");
  expect(says({ ...carta, phase: "PREPARING" })).toContain("The button appears once CARTA answers.");
  expect(says({ ...carta, phase: "RELEASING" })).toBe("CARTA is being stopped. Everything saved stays.");
});
