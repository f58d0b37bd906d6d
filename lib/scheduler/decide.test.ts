import { expect, test } from "vitest";
import { canMove, type Phase } from "#lib/booking/phase.ts";
import { decide } from "./decide.ts";

const START = Date.UTC(2026, 10, 26, 14);
const booking = (phase: Phase) => ({
  phase,
  startsAt: START,
  endsAt: START + 3_600_000,
  prepareSeconds: 0,
  releaseAgainAt: null,
});

test("a booking waits for its start, is launched at it, and is still launched when the worker comes late", () => {
  expect(decide(booking("WAITING"), START - 1)).toBeNull();
  expect(decide(booking("WAITING"), START)).toBe("launch");
  expect(decide(booking("WAITING"), START + 1_800_000)).toBe("launch");
  expect(decide({ ...booking("WAITING"), prepareSeconds: 90 }, START - 90_000)).toBe("launch");
});

test("a session is watched while it may run, and released at its end", () => {
  for (const phase of ["PREPARING", "AVAILABLE", "RUNNING"] as const) {
    expect(decide(booking(phase), START + 1)).toBe("watch");
    expect(decide(booking(phase), START + 3_600_000)).toBe("release");
  }
});

test("what is over and not released yet is released, whenever that is", () => {
  for (const phase of ["CANCELLED", "FAILED", "COMPLETED", "RELEASING"] as const) {
    expect(decide(booking(phase), START - 1)).toBe("release");
  }
});

test("what its platform could not end yet is left alone until that is to be asked again", () => {
  const stuck = { ...booking("RELEASING"), releaseAgainAt: START + 60_000 };
  expect(decide(stuck, START + 59_999)).toBeNull();
  expect(decide(stuck, START + 60_000)).toBe("release");
});

test("a whole day played minute by minute: launched once at the start, released once at the end", () => {
  let phase = "WAITING" as Phase;
  const moves: string[] = [];
  const move = (to: Phase, minute: number) => {
    expect(canMove(phase, to)).toBe(true);
    phase = to;
    moves.push(`${minute} ${to}`);
  };
  for (let minute = -720; minute < 720; minute++) {
    const task = decide(booking(phase), START + minute * 60_000);
    if (task === "launch") move("PREPARING", minute);
    else if (task === "watch" && phase === "PREPARING") move("AVAILABLE", minute);
    else if (task === "release" && phase === "AVAILABLE") move("RELEASING", minute);
    else if (task === "release" && phase === "RELEASING") move("COMPLETED", minute);
  }
  expect(moves).toEqual(["0 PREPARING", "1 AVAILABLE", "60 RELEASING", "61 COMPLETED"]);
});
