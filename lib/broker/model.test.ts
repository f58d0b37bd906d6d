import { describe, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { accept } from "#lib/testing/model/commands/accept.ts";
import { limit } from "#lib/testing/model/commands/change-limits.ts";
import { ask } from "#lib/testing/model/commands/request.ts";
import { checkModel, runStory } from "#lib/testing/model/run-model.ts";
import { ownDatabase } from "#lib/testing/own-database.ts";

ownDatabase();

describe("the broker and a simple model of it", () => {
  test("tell the same story, whatever happens in whatever order", { timeout: 300_000 }, async () => {
    const { rows } = await database().pool.query<{ major: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS major",
    );
    const isNewest = (rows[0]?.major ?? 0) >= 18;
    await checkModel({ runs: Number(process.env.MODEL_RUNS) || (isNewest ? 80 : 20), steps: 40 });
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
});
