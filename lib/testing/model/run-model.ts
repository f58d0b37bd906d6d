import fc from "fast-check";
import type { Resources } from "#lib/booking/resources.ts";
import { makeUniverse } from "#lib/testing/universe.ts";
import type { Command } from "./command.ts";
import { acceptCommand } from "./commands/accept.ts";
import { cancelCommand } from "./commands/cancel.ts";
import { extendCommand, moveCommand, shortenCommand } from "./commands/change.ts";
import { closeCommand, limitCommand } from "./commands/change-limits.ts";
import { rejectCommand } from "./commands/reject.ts";
import { requestCommand } from "./commands/request.ts";
import { timePassesCommand, workerCommand } from "./commands/time-passes.ts";
import { joinCommand, leaveCommand } from "./commands/wait.ts";
import type { Model, ModelLimits, Real } from "./model.ts";

/** Everything that may happen, with how often it should. A new step is a file beside these and a line here. */
const commands: readonly (readonly [weight: number, command: fc.Arbitrary<Command>])[] = [
  [6, requestCommand],
  [6, acceptCommand],
  [2, rejectCommand],
  [2, cancelCommand],
  [2, extendCommand],
  [2, shortenCommand],
  [2, moveCommand],
  [1, limitCommand],
  [1, closeCommand],
  [1, joinCommand],
  [1, leaveCommand],
  [3, timePassesCommand],
  [2, workerCommand],
];

/** A day of its own for the model; it begins at a time inside a slot. */
const BEGIN = Date.UTC(2026, 10, 26, 13, 24);

/** What differs from story to story: how tight the limits are. */
export interface Wanted {
  readonly platform: Resources;
  readonly project: Resources;
  readonly user: Resources;
  readonly openBookings: number;
  readonly offerSets: number;
}

const someLimit = fc.record({
  cores: fc.integer({ min: 2, max: 6 }),
  memoryGiB: fc.integer({ min: 8, max: 20 }),
  gpus: fc.integer({ min: 1, max: 2 }),
});
const someWorld: fc.Arbitrary<Wanted> = fc.record({
  platform: someLimit,
  project: someLimit,
  user: someLimit,
  openBookings: fc.integer({ min: 1, max: 4 }),
  offerSets: fc.integer({ min: 1, max: 3 }),
});

/** A small world, full soon: three people, one project, six slots. */
async function makeWorld({ platform, project, user, openBookings, offerSets }: Wanted): Promise<World> {
  const universe = await makeUniverse({
    limit: platform,
    projectLimit: project,
    userLimit: user,
    people: 3,
    openBookings,
    offerSets,
    windowHours: 6,
  });
  const { maxOffers, offerSeconds, windowHours } = universe.platform;
  const model: Model = {
    now: BEGIN,
    windowHours,
    maxOffers,
    offerMs: offerSeconds * 1000,
    openBookings,
    offerSets,
    limits: {
      platform: withoutBudget(platform),
      project: withoutBudget(project),
      users: universe.people.map(() => withoutBudget(user)),
    },
    closed: new Set(),
    sessions: [],
    wishes: new Map(),
    waits: new Map(),
    servedBy: new Map(),
    waitMs: universe.platform.waitSeconds * 1000,
    keys: new Map(),
  };
  return { model, real: { universe } };
}

const withoutBudget = (limit: Resources): ModelLimits => ({ ...limit, coreHours: null, gpuHours: null });

interface World {
  readonly model: Model;
  readonly real: Real;
}

/** Runs one story in a new world; throws at the first difference. */
export async function runStory(wanted: Wanted, story: Iterable<fc.AsyncCommand<Model, Real>>): Promise<void> {
  const world = await makeWorld(wanted);
  await fc.asyncModelRun(async () => world, story);
}

/**
 * Runs `runs` random stories of up to `steps` steps. A failure says how to run the same one again:
 * `MODEL_SEED=… MODEL_PATH=… MODEL_REPLAY=…`; told as short as it became within `withinMs`, which fails a check that is not
 * through by then.
 */
export async function checkModel({
  runs,
  steps,
  withinMs,
}: {
  runs: number;
  steps: number;
  withinMs: number;
}): Promise<void> {
  const { MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env;
  const every = commands.flatMap(([weight, command]) => Array.from({ length: weight }, () => command));
  const stories = fc.commands(every, {
    maxCommands: steps,
    size: "max",
    ...(MODEL_REPLAY === undefined ? {} : { replayPath: MODEL_REPLAY }),
  });
  const property = fc.asyncProperty(someWorld, stories, runStory);
  const result = await fc.check(property, {
    numRuns: runs,
    interruptAfterTimeLimit: withinMs,
    markInterruptAsFailure: true,
    ...(MODEL_SEED === undefined ? {} : { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
  });
  if (!result.failed) return;
  const replay = /replayPath="([^"]*)"/.exec(String(result.counterexample?.[1]))?.[1] ?? "";
  const again = `MODEL_SEED=${result.seed} MODEL_PATH=${result.counterexamplePath} MODEL_REPLAY='${replay}'`;
  throw new Error(`Again: ${again}\n${fc.defaultReportMessage(result)}`, { cause: result.errorInstance });
}
