import { describe, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { accept } from "#lib/testing/model/commands/accept.ts";
import { cancel } from "#lib/testing/model/commands/cancel.ts";
import { move, shorten } from "#lib/testing/model/commands/change.ts";
import { close, limit } from "#lib/testing/model/commands/change-limits.ts";
import { ask } from "#lib/testing/model/commands/request.ts";
import { pass } from "#lib/testing/model/commands/time-passes.ts";
import { join } from "#lib/testing/model/commands/wait.ts";
import { checkModel, runStory } from "#lib/testing/model/run-model.ts";
import { ownDatabase } from "#lib/testing/own-database.ts";

ownDatabase();

describe("the broker and a simple model of it", () => {
  const runs = Number(process.env.MODEL_RUNS) || 0;
  const withinMs = 270_000 + 2_000 * runs;

  // The test's own time is longer: when that ran out, nobody would learn how to run the same story again.
  test("tell the same story, whatever happens in whatever order", { timeout: withinMs + 60_000 }, async () => {
    const { rows } = await database().pool.query<{ major: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS major",
    );
    const isNewest = (rows[0]?.major ?? 0) >= 18;
    await checkModel({ runs: runs || (isNewest ? 80 : 20), steps: 40, withinMs });
  });
});

/** Stories that once ended differently, as short as they could be told. */
describe("what the model has found", () => {
  const shape = { cores: 2, memoryGiB: 8, gpus: 1 };
  const world = { platform: shape, project: shape, user: shape, openBookings: 2, offerSets: 2 };
  const wish = { less: { cores: 0, memoryGiB: 0, gpus: 0 }, slots: 1, fewer: 0, first: 0, more: 0 };
  const small = { cores: 1, memoryGiB: 1, gpus: 0 };
  const withGpu = { ...small, gpus: 1 };
  const first = { index: 0, any: 0, stranger: 0, key: null };
  const budget = { coreHours: null, gpuHours: null };

  test("a platform's budget that is too small for a whole set of offers still allows one", () =>
    runStory(world, [
      limit({ kind: "platform", person: 0, limits: { ...shape, ...budget, gpuHours: 2 }, policy: "keep" }),
      ask({ person: 0, resources: withGpu, ...wish }),
    ]));

  test("a budget that is exceeded does not refuse what takes nothing of it", () =>
    runStory(world, [
      ask({ person: 0, resources: withGpu, ...wish }),
      accept(first),
      limit({ kind: "project", person: 0, limits: { ...shape, ...budget, gpuHours: 0 }, policy: "keep" }),
      ask({ person: 1, resources: small, ...wish }),
      accept(first),
    ]));

  test("a budget that is exceeded takes nothing from a booking that was cancelled before its time", () =>
    runStory(world, [
      ask({ person: 0, resources: withGpu, ...wish }),
      accept(first),
      ask({ person: 1, resources: withGpu, ...wish }),
      accept(first),
      cancel({ index: 1, stranger: 0 }),
      limit({ kind: "platform", person: 0, limits: { ...shape, ...budget, gpus: 0, gpuHours: 0 }, policy: "cancel" }),
    ]));

  test("what began at once and was shortened has whole slots when it is moved", () =>
    runStory(world, [
      ask({ person: 0, resources: small, ...wish }),
      accept(first),
      shorten({ index: 0, slots: 1, stranger: 0 }),
      move({ index: 0, stranger: 0 }, 1),
    ]));

  const roomy = { cores: 4, memoryGiB: 16, gpus: 1 };
  const inAnHour = { ...wish, first: 1 };

  test("who waits for their own limit is not passed when a booking of theirs is cancelled, though more was taken since", () =>
    runStory({ ...world, platform: roomy, project: roomy, user: { ...roomy, cores: 1 } }, [
      ask({ person: 0, resources: small, ...inAnHour }),
      accept(first),
      join({ person: 0, resources: small, ...inAnHour }),
      ask({ person: 1, resources: small, ...inAnHour }),
      cancel({ index: 0, stranger: 0 }),
      ask({ person: 2, resources: small, ...inAnHour }),
    ]));

  test("who waits for their budget is not passed when a booking of theirs in a closed slot is cancelled", () =>
    runStory(world, [
      ask({ person: 0, resources: small, ...inAnHour }),
      accept(first),
      limit({ kind: "user", person: 0, limits: { ...shape, ...budget, coreHours: 1 }, policy: "keep" }),
      close({ from: 1, slots: 1, isOpening: false, policy: "keep" }),
      join({ person: 0, resources: small, ...wish, first: 2 }),
      cancel({ index: 0, stranger: 0 }),
      ask({ person: 1, resources: small, ...wish, first: 3 }),
    ]));

  test("who missed an offer of the list does not wait on when an administrator takes it back later", () =>
    runStory(world, [
      join({ person: 0, resources: small, ...inAnHour, more: 3 }),
      pass(20),
      join({ person: 1, resources: small, ...wish, first: 3 }),
      close({ from: 1, slots: 1, isOpening: false, policy: "keep" }),
    ]));

  test("a late booking that is moved takes more hours of the window than it gives back", () =>
    runStory(world, [
      ask({ person: 0, resources: small, ...inAnHour, slots: 2 }),
      accept(first),
      pass(100),
      limit({ kind: "project", person: 0, limits: { ...shape, ...budget, coreHours: 1 }, policy: "keep" }),
      move({ index: 0, stranger: 0 }, 1),
    ]));

  test("who waits already for what has become impossible reads that it is impossible", () =>
    runStory({ ...world, user: { ...shape, cores: 1 } }, [
      join({ person: 0, resources: { ...small, cores: 2 }, ...inAnHour }),
      limit({ kind: "platform", person: 0, limits: { ...shape, ...budget, cores: 1 }, policy: "keep" }),
      join({ person: 0, resources: { ...small, cores: 2 }, ...inAnHour }),
    ]));
});
