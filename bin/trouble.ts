import { inspect } from "node:util";

/** Expected trouble: its message is a sentence for the person at the terminal, and no stack trace is shown. */
export class Trouble extends Error {
  override name = "Trouble";
}

/** What the terminal shows of an error. */
export const inWords = (error: unknown): string =>
  error instanceof Trouble ? error.message : error instanceof Error ? error.message || error.name : inspect(error);
