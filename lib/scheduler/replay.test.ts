import { describe, expect, test } from "vitest";
import { unfinishedSessions } from "#lib/db/sessions.ts";
import { impossibleHistories } from "#lib/testing/history.ts";
import { ownDatabase } from "#lib/testing/own-database.ts";
import { runReplay } from "#lib/testing/replay/run-replay.ts";
import { ledgerDifferences } from "#lib/testing/universe.ts";

ownDatabase();

const seed = Number(process.env.REPLAY_SEED) || 20261126;

describe("thirty days of operation with a worker that dies in the middle of its work", () => {
  test("end clean: all that was promised has ended, nothing runs on, nothing is counted wrong, every history is possible", async () => {
    const { universe, launcher, counts, troubles, endedAt } = await runReplay({ days: 30, seed });
    console.log(`seed ${seed} (REPLAY_SEED=…):`, counts);
    expect(troubles).toEqual([]);
    expect(counts.bookings).toBeGreaterThan(300);
    expect(counts["deaths of the worker"]).toBeGreaterThan(60);
    expect(launcher.launched).toBeGreaterThan(200);
    // What repeats goes on beyond the end: one of those may be booked ahead, or run right now.
    const unfinished = await unfinishedSessions();
    const late = unfinished.filter(({ endsAt }) => endsAt <= endedAt);
    expect(late.map(({ name, phase, endsAt }) => [name, phase, endedAt - endsAt])).toEqual([]);
    const wanted = new Set(unfinished.map(({ name }) => name));
    expect([...launcher.running.keys()].filter((name) => !wanted.has(name))).toEqual([]);
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
    expect(await impossibleHistories(universe.platform.id)).toEqual([]);
  });
});
