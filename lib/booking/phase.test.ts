import { expect, test } from "vitest";
import { canCancel, canMove, isOver, openPhases, phaseMoves, phases, phasesBefore } from "./phase.ts";

test("every phase can be reached from INITIAL, and some end follows every phase", () => {
  const reached = new Set(["INITIAL"]);
  for (const _ of phases) for (const [from, to] of phaseMoves) if (reached.has(from)) reached.add(to);
  expect([...reached].sort()).toEqual([...phases].sort());
  for (const phase of phases) if (!isOver(phase)) expect(phases.some((to) => canMove(phase, to))).toBe(true);
});

test("there is no way back: no phase follows itself, however long the way", () => {
  const visit = (phase: string, path: readonly string[]): void => {
    expect(path).not.toContain(phase);
    for (const [from, to] of phaseMoves) if (from === phase) visit(to, [...path, phase]);
  };
  visit("INITIAL", []);
});

test("an accepted booking can be cancelled until it is released, an offer is rejected instead", () => {
  expect(phases.filter(canCancel)).toEqual(["ACCEPTED", "WAITING", "PREPARING", "AVAILABLE", "RUNNING"]);
  expect(phasesBefore("REJECTED")).toEqual(["OFFERED"]);
});

test("an open booking is one that was accepted and is not over", () => {
  expect(openPhases).toEqual(phases.filter((phase) => !isOver(phase) && phase !== "INITIAL" && phase !== "OFFERED"));
});
