import fc from "fast-check";
import { makeUniverse } from "#lib/testing/universe.ts";
import type { Command } from "./command.ts";
import { acceptCommand } from "./commands/accept.ts";
import { cancelCommand } from "./commands/cancel.ts";
import { rejectCommand } from "./commands/reject.ts";
import { requestCommand } from "./commands/request.ts";
import { timePassesCommand, workerCommand } from "./commands/time-passes.ts";
import type { Model, Real } from "./model.ts";

/** Everything that may happen, with how often it should. A new step is a file beside these and a line here. */
const commands: readonly (readonly [weight: number, command: fc.Arbitrary<Command>])[] = [
  [6, requestCommand],
  [6, acceptCommand],
  [2, rejectCommand],
  [2, cancelCommand],
  [3, timePassesCommand],
  [2, workerCommand],
];

/** A day of its own for the model; it begins at a time inside a slot. */
const BEGIN = Date.UTC(2026, 10, 26, 13, 24);

const platformLimit = { cores: 4, memoryGiB: 16, gpus: 1 };
const userLimit = { cores: 3, memoryGiB: 12, gpus: 1 };

/** A small world, full soon: three people, one project, six slots. */
async function makeWorld(): Promise<{ model: Model; real: Real }> {
  const universe = await makeUniverse({
    limit: platformLimit,
    projectLimit: platformLimit,
    userLimit,
    people: 3,
    openBookings: 4,
    offerSets: 2,
    windowHours: 6,
  });
  const { maxOffers, offerSeconds, windowHours } = universe.platform;
  const model: Model = {
    now: BEGIN,
    windowHours,
    maxOffers,
    offerMs: offerSeconds * 1000,
    openBookings: 4,
    offerSets: 2,
    limits: { platform: platformLimit, project: platformLimit, users: universe.people.map(() => userLimit) },
    closed: new Set(),
    sessions: [],
  };
  return { model, real: { universe } };
}

/** Runs one story in a new world; throws at the first difference. */
export async function runStory(story: Iterable<fc.AsyncCommand<Model, Real>>): Promise<void> {
  const world = await makeWorld();
  await fc.asyncModelRun(async () => world, story);
}

/**
 * Runs `runs` random stories of up to `steps` steps. A failure says how to run the same one again:
 * `MODEL_SEED=… MODEL_PATH=… MODEL_REPLAY=…`.
 */
export async function checkModel({ runs, steps }: { runs: number; steps: number }): Promise<void> {
  const { MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env;
  const every = commands.flatMap(([weight, command]) => Array.from({ length: weight }, () => command));
  const stories = fc.commands(every, {
    maxCommands: steps,
    size: "max",
    ...(MODEL_REPLAY === undefined ? {} : { replayPath: MODEL_REPLAY }),
  });
  const property = fc.asyncProperty(stories, runStory);
  const result = await fc.check(property, {
    numRuns: runs,
    ...(MODEL_SEED === undefined ? {} : { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
  });
  if (!result.failed) return;
  const replay = /replayPath="([^"]*)"/.exec(String(result.counterexample?.[0]))?.[1] ?? "";
  const again = `MODEL_SEED=${result.seed} MODEL_PATH=${result.counterexamplePath} MODEL_REPLAY='${replay}'`;
  throw new Error(`Again: ${again}\n${fc.defaultReportMessage(result)}`, { cause: result.errorInstance });
}
