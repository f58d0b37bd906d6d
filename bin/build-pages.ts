import { buildWhenChanged } from "./build.ts";
import { say } from "./terminal.ts";
import { inWords } from "./trouble.ts";

/** `npm run build`: builds the pages when their sources changed. */
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort(signal));
try {
  await buildWhenChanged(stop.signal);
} catch (error) {
  say(inWords(error));
  process.exitCode = 1;
}
