import { expect, test } from "vitest";
import type { EventView, SessionDetailView } from "#lib/api/view.ts";
import type { Phase } from "#lib/booking/phase.ts";
import { timeline } from "./timeline.ts";

const minute = 60_000;
const event = (at: number, phase: Phase | null, name = "PHASE", why: string | null = null): EventView => ({
  at: at * minute,
  event: name,
  phase,
  actor: "meridian",
  why,
});
const session = (phase: Phase, events: EventView[]) =>
  ({
    phase,
    events,
    startsAt: 0,
    endsAt: 60 * minute,
    executable: { type: "notebook", image: null },
  }) as unknown as SessionDetailView;
const titles = (points: ReturnType<typeof timeline>) => points.map(({ state, title }) => `${state} ${title}`);

test("a running session shows what happened, what is, and what will be", () => {
  const events = [event(-9, "ACCEPTED"), event(0, "PREPARING"), event(1, "AVAILABLE"), event(2, "RUNNING")];
  expect(titles(timeline(session("RUNNING", events), 20 * minute))).toEqual([
    "done Booked",
    "done Preparing",
    "done Available",
    "now Running",
    "next Warning, 10 minutes",
    "next Warning, 2 minutes",
    "next Released",
  ]);
});

test("before the start, nobody knows when the link will answer", () => {
  const points = timeline(session("WAITING", [event(-9, "ACCEPTED"), event(-9, "WAITING")]), -5 * minute);
  expect(titles(points).slice(0, 2)).toEqual(["now Booked", "next Preparing"]);
  expect(points.find(({ title }) => title === "Available")).toMatchObject({ state: "next", at: null });
});

test("a warning that was given is not to come", () => {
  const events = [event(1, "RUNNING"), event(50, null, "WARNED")];
  expect(titles(timeline(session("RUNNING", events), 51 * minute))).toEqual([
    "now Running",
    "done Warned",
    "next Warning, 2 minutes",
    "next Released",
  ]);
});

test("what is over has nothing to come, and says why", () => {
  const points = timeline(session("FAILED", [event(3, "FAILED", "PHASE", "Jupyter ended with code 1.")]), 9 * minute);
  expect(points).toMatchObject([{ state: "done", title: "Failed", words: "Jupyter ended with code 1." }]);
});

test("what its owner changed is told to its owner", () => {
  const events = [
    event(-9, "ACCEPTED"),
    event(-8, null, "MOVED", "Moved by its owner."),
    event(-7, null, "EXTENDED", "Extended by its owner."),
    event(-6, null, "SHORTENED", "Shortened by its owner."),
    event(3, null, "IDLE", "Nothing was computed for 30 minutes."),
  ];
  const points = timeline(session("RUNNING", events), 20 * minute).filter(
    ({ phase, state }) => !phase && state === "done",
  );
  expect(points.map(({ title }) => title)).toEqual(["Moved", "Extended", "Shortened", "Not used"]);
  expect(points.map(({ words }) => words).join(" ")).not.toContain("owner");
  expect(points.at(-1)?.words).toBe("Nothing was computed for 30 minutes.");
});

test("a program runs once it is there, and nothing opens it", () => {
  const program = { ...session("AVAILABLE", [event(1, "AVAILABLE")]), executable: { type: "headless" } };
  const [point] = timeline(program as unknown as SessionDetailView, 2 * minute);
  expect(point).toMatchObject({ state: "now", title: "Running", words: "The program runs." });
});
