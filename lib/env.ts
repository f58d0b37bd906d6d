import { mkdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

function wholeNumber(least: number, most: number) {
  const sentence = `it must be a whole number from ${least} to ${most}`;
  return z.coerce.number(sentence).int(sentence).min(least, sentence).max(most, sentence);
}

/**
 * The environment that Meridian reads, checked once. Everything has a default: `.env.example` lists them.
 *
 * Throws a ZodError that names the variable when a value cannot be understood.
 */
const environment = z.object({
  /** The address the web server listens on. */
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: wholeNumber(1, 65_535).default(3000),
  /** Where the database, the keys, the notebooks' homes and the logs live. */
  MERIDIAN_DATA: z.string().min(1).default(".data"),
  /** When set, no embedded server is started. */
  DATABASE_URL: z.string().optional(),
  /** How many connections each process may have to the database. */
  MERIDIAN_DATABASE_CONNECTIONS: wholeNumber(1, 1000).default(10),
  /** Demo people may sign in: `auto` on loopback only, `off` never, `force` everywhere. */
  MERIDIAN_DEMO: z.enum(["auto", "off", "force"]).default("auto"),
  /** How the first platform cuts time; only read when it is seeded. A divisor of a day, in minutes. */
  MERIDIAN_SLOT_MINUTES: wholeNumber(1, 1440)
    .refine((minutes) => 1440 % minutes === 0, "it must divide a day of 1440 minutes")
    .default(60),
  MERIDIAN_WINDOW_HOURS: wholeNumber(1, 168).default(24),
  /** The command that starts Jupyter, when it is not found by itself (for example `/opt/venv/bin/jupyter`). */
  MERIDIAN_JUPYTER: z.string().optional(),
  /** The file that says who signs people in and which platforms there are beside this machine: lib/config.ts. */
  MERIDIAN_CONFIG: z.string().optional(),
  /**
   * How often the API may be asked for each caller: so many times a second (0: without limit), and so many at once after a pause.
   * `REFUSALS` counts all answers “who are you?” together. Each web server counts for itself.
   */
  MERIDIAN_API_READS_PER_SECOND: wholeNumber(0, 100_000).default(50),
  MERIDIAN_API_READS_AT_ONCE: wholeNumber(1, 1_000_000).default(200),
  MERIDIAN_API_WRITES_PER_SECOND: wholeNumber(0, 100_000).default(5),
  MERIDIAN_API_WRITES_AT_ONCE: wholeNumber(1, 1_000_000).default(60),
  MERIDIAN_API_REFUSALS_PER_SECOND: wholeNumber(0, 100_000).default(20),
  MERIDIAN_API_REFUSALS_AT_ONCE: wholeNumber(1, 1_000_000).default(200),
  /** What the Execution Broker is called in /capabilities: the standard's identifier, which is not registered yet. */
  MERIDIAN_BROKER_STANDARD_ID: z.string().startsWith("ivo://").default("ivo://ivoa.net/std/ExecutionBroker#v1.0"),
});

export type Environment = Omit<z.infer<typeof environment>, "MERIDIAN_DATA"> & {
  /** Absolute. */
  readonly MERIDIAN_DATA: string;
};

export function readEnvironment(from: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ""));
  const read = environment.parse(given);
  return { ...read, MERIDIAN_DATA: path.resolve(/* turbopackIgnore: true */ read.MERIDIAN_DATA) };
}

/** A folder below the data folder, made when missing, readable by its owner only. */
export function dataFolder(data: string, ...names: string[]): string {
  const folder = path.join(data, ...names);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
