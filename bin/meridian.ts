import { main } from "./meridian/main.ts";

/**
 * `npm run -s meridian -- COMMAND`: the command line. Exits 0 when all is well, 1 when something is not, 2 when asked wrongly;
 * commands that speak to a Meridian also 3 when it is out of reach, 4 when nobody is signed in.
 */
// Whoever reads on has seen enough, as of `watch … | grep -m1 AVAILABLE`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.exit(await main(process.argv.slice(2)));
