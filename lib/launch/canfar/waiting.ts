import type { Millis } from "#lib/booking/slot.ts";
import { startTrouble } from "./events.ts";

/** What one waits for while a session is not running; null: nothing special. `isSetback`: something went wrong that its owner should know. */
export interface Waiting {
  readonly note: string | null;
  readonly isSetback: boolean;
}

const waits = (note: string | null): Waiting => ({ note, isSetback: false });

/**
 * Says what a Pending session waits for, from the table of its events ("" while it has no pod) and the start of its job.
 *
 * knownKills: {@link killsIn} when it last ran: the events of an hour are kept, and what happened then is over. The order of the
 * events says nothing certain, and init containers have events of the same kinds; so they are counted.
 */
export function waitingFor(table: string, startedAt: Millis | null, knownKills = ""): Waiting {
  const kills = killsIn(table);
  if (kills !== "" && kills !== knownKills) {
    return { note: "It ran out of memory and was restarted.", isSetback: true };
  }
  const reasons = table.split("\n").map(reasonOf);
  const count = (word: string) => reasons.filter((reason) => reason === word).length;
  if (!reasons.some(isReason)) return waits(startedAt === null ? "It waits in CANFAR's queue." : null);
  const isPulling = count("Pulling") > count("Pulled");
  if (startTrouble(table)?.kind === "image") return waits("CANFAR could not fetch the image yet; it keeps trying.");
  if (isPulling) return waits("CANFAR is fetching the image.");
  if (count("FailedScheduling") > 0 && count("Scheduled") === 0) {
    return waits("CANFAR has no room for it yet; it keeps trying.");
  }
  return waits(null);
}

/** The events that say that it ran out of memory, with their times; "" when there are none. */
export const killsIn = (table: string): string =>
  table
    .split("\n")
    .filter((line) => /\bOOMKill(ed|ing)\b/.test(line))
    .join("\n");

const reasonOf = (line: string): string => line.trim().split(/\s{2,}/)[1] ?? "";
const isReason = (word: string): boolean => word !== "" && word !== "REASON";
