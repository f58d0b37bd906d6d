import { format, runAll, types, vitest } from "./suites.ts";

/** `npm run check`: the fast loop. Leaves out what starts real servers and the browser. */
await runAll([format, types, vitest("rules and steps", "rules", "steps*")]);
