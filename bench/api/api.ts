import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildWhenChanged } from "../../bin/build.ts";
import { startBenchServer } from "../booking/server.ts";
import type { Figure } from "../figures.ts";
import { alive } from "./asks.ts";
import { inTurns } from "./in-turns.ts";
import { figuresOf } from "./measured.ts";
import { questions } from "./questions.ts";
import { sizesOf } from "./sizes.ts";
import { type Stored, store } from "./stored.ts";
import { takeTurn } from "./turn.ts";

/** The Execution Broker API of a real web server, against a route of it that answers a constant: docs/benchmarks.md. */
export async function benchApi({
  rounds,
  quick,
  say,
}: {
  rounds: number;
  quick: boolean;
  say: (line: string) => void;
}): Promise<Figure[]> {
  const sizes = sizesOf(rounds, quick);
  await buildWhenChanged(new AbortController().signal);
  const data = await mkdtemp(path.join(tmpdir(), "meridian-bench-api-"));
  const server = await startBenchServer();
  const all: Stored[] = [];
  try {
    for (const sessions of sizes.stored) all.push(await store(server, sessions, data, say));
    // Each of them has to have run for a while: the first would be ahead by the constant turns.
    for (const { web } of all) await takeTurn(web.address, () => alive, { seconds: sizes.seconds });
    const measured = [];
    for (const question of questions) measured.push(await inTurns(question, all, sizes, say));
    return figuresOf(measured);
  } finally {
    await Promise.all(all.map(({ web }) => web.stop()));
    await server.discard();
    await rm(data, { recursive: true, force: true });
  }
}
