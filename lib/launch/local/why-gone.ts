import { existsSync } from "node:fs";
import type { Gone, Sighting } from "#lib/launch/launcher.ts";
import {
  bootId,
  isPaused,
  readState,
  type SessionFolder,
  type SessionState,
} from "#lib/launch/local/session-folder.ts";
import { readLog } from "#lib/launch/local/session-log.ts";
import { endIsWritten } from "#lib/launch/local/start-server.ts";

const LOG_LINES = 40;

/** What can be said of a session without a living server. A restart of the machine pauses it, as stopping Meridian does. */
export async function whyGone(folder: SessionFolder): Promise<Extract<Sighting, { state: "gone" }>> {
  const last = readState(folder);
  if (last) await endIsWritten(last.pid);
  const state = readState(folder);
  const gone = (why: string, how: Gone = "lost") =>
    ({ state: "gone", how, why, log: readLog(folder, LOG_LINES) }) as const;
  if (isPaused(folder)) return gone("Meridian was stopped, and this notebook with it.", "paused");
  if (!existsSync(folder.path)) return gone("No notebook of this name was ever started here.");
  if (!state) return gone("The notebook's server is no longer running, and nothing is known of its end.");
  if (state.ended !== "released" && state.boot !== bootId()) {
    return gone("This machine was restarted, which ended the notebook.", "paused");
  }
  return gone(inWords(state.ended), isShutDown(state.ended) ? "closed" : "lost");
}

/** Jupyter ends with 0 when it is shut down from its own menu. */
const isShutDown = (ended: SessionState["ended"]) =>
  typeof ended === "object" && ended.signal === null && ended.code === 0;

function inWords(ended: SessionState["ended"]): string {
  if (ended === "released") return "The session is over and its notebook was shut down.";
  if (ended === undefined) return "Jupyter ended; how is not known, but its last lines may say why.";
  if (ended.signal === "SIGKILL") return "Jupyter was killed (SIGKILL), which often means that memory ran out.";
  if (ended.signal) return `Jupyter was ended by the signal ${ended.signal}.`;
  if (ended.code === 0) return "Jupyter was shut down from inside.";
  return `Jupyter ended with exit code ${ended.code}.`;
}
