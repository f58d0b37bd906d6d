import { format, journeys, runAll, types, vitest } from "./suites.ts";

/** `npm test`: everything, on a machine that has nothing yet as well. */
await runAll([
  format,
  types,
  vitest("rules, steps and servers", "!race and replay"),
  vitest("race and replay", "race and replay"),
  journeys,
]);
