import { benchApi } from "./api/api.ts";
import { benchBooking } from "./booking/booking.ts";
import { printFigures } from "./figures.ts";
import { benchLaunch } from "./launch.ts";

/** `npm run bench -- NAME [--json] [--rounds N] [--quick]`: measures, and prints a table or one JSON object a line. */
const benches = { launch: benchLaunch, booking: benchBooking, api: benchApi } as const;

const [name = "", ...options] = process.argv.slice(2);
const json = options.includes("--json");
const quick = options.includes("--quick");
const rounds = Number(options[options.indexOf("--rounds") + 1] ?? "") || 5;

if (!Object.hasOwn(benches, name)) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
const say = (line: string) => console.error(line);
printFigures(await benches[name as keyof typeof benches]({ rounds, quick, say }), json);
process.exit(0);
