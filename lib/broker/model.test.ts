import { describe, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { checkModel } from "#lib/testing/model/run-model.ts";
import { ownDatabase } from "#lib/testing/own-database.ts";

ownDatabase();

describe("the broker and a simple model of it", () => {
  test("tell the same story, whatever happens in whatever order", { timeout: 300_000 }, async () => {
    const { rows } = await database().pool.query<{ major: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS major",
    );
    const isNewest = (rows[0]?.major ?? 0) >= 18;
    const runs = Number(process.env.MODEL_RUNS) || (isNewest ? 60 : 15);
    await checkModel({ runs, steps: 40 });
  });
});
