import { say } from "./terminal.ts";
import { inWords } from "./trouble.ts";

type Stop = (hard: AbortSignal) => Promise<unknown>;

/** What has been started. It is stopped in the opposite order, each whatever became of the others. */
export class Undo {
  readonly #steps: { readonly what: string | null; readonly stop: Stop }[] = [];

  /** `what` is said when it is stopped, unless there is nothing to say. To be called before the start, so that a half-started thing is stopped too. */
  push(what: string | null, stop: Stop): void {
    this.#steps.push({ what, stop });
  }

  /** Returns whether all went well. */
  async all(hard: AbortSignal): Promise<boolean> {
    let clean = true;
    for (const { what, stop } of this.#steps.toReversed()) {
      if (what) say(`stopping ${what}`);
      try {
        if ((await stop(hard)) === false) throw new Error("some of its processes cannot be ended");
      } catch (error) {
        clean = false;
        say(`${what ?? "the set-up"} did not stop as it should: ${inWords(error)}`);
      }
    }
    if (clean && this.#steps.length > 0) say("Meridian has stopped.");
    return clean;
  }
}
