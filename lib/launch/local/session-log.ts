import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { SessionFolder } from "#lib/launch/local/session-folder.ts";

/** Enough for a page; a notebook may write gigabytes. */
const TAIL_BYTES = 256 * 1024;

/** The last `lines` lines of the session's log, secrets masked; "" when there are none. */
export function readLog(folder: SessionFolder, lines: number): string {
  return maskSecrets(tail(folder.log)).trimEnd().split("\n").slice(-lines).join("\n");
}

/**
 * Jupyter is told its token by a file and therefore prints "…" in its place; people's own code may still print an
 * address or a header that carries one.
 */
export function maskSecrets(text: string): string {
  return text
    .replace(/(token=)[^\s&"'#<>)]+/gi, "$1…")
    .replace(/(authorization["']?\s*[:=]\s*["']?(?:token|bearer)\s+)[^\s"']+/gi, "$1…")
    .replace(/\b[0-9a-f]{48}\b/gi, "…"); // the shape of Jupyter's tokens, and of ours
}

function tail(file: string): string {
  let opened: number;
  try {
    opened = openSync(file, "r");
  } catch {
    return "";
  }
  try {
    const size = fstatSync(opened).size;
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(opened, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8", 0, read);
  } finally {
    closeSync(opened);
  }
}
