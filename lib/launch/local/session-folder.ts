import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dataFolder } from "#lib/env.ts";

/** Where everything about one session lies: `<data>/sessions/<key>/`. It outlives the session, for its log. */
export interface SessionFolder {
  /** The data folder with symbolic links resolved: what tells two Meridians on one machine apart. */
  readonly place: string;
  readonly key: string;
  readonly path: string;
  readonly log: string;
  /** Jupyter's configuration; holds the token, 0600. */
  readonly config: string;
  /** Jupyter's own files about its running server; hold the token, too. */
  readonly runtime: string;
  readonly lock: string;
  readonly state: string;
  /** Is there when all of Meridian was stopped on purpose, and this session with it. */
  readonly paused: string;
}

/** What is remembered of the server that was started last. */
export interface SessionState {
  readonly pid: number;
  readonly startedAt: number;
  /** Changes when the machine is restarted. */
  readonly boot: string;
  /** How it ended, as far as somebody saw it. */
  readonly ended?: "released" | { readonly code: number | null; readonly signal: string | null };
}

/** Keys become names of folders, so nothing else is ever let through. */
export const isKey = (value: unknown): value is string =>
  typeof value === "string" && /^[a-z][a-z0-9-]{0,14}$/.test(value);

export const placeOf = (data: string): string => realpathSync(dataFolder(data));

export function sessionFolder(place: string, key: string): SessionFolder {
  const folder = path.join(/* turbopackIgnore: true */ place, "sessions", key);
  const at = (name: string) => path.join(/* turbopackIgnore: true */ folder, name);
  return {
    place,
    key,
    path: folder,
    log: at("server.log"),
    config: at("jupyter.json"),
    runtime: at("runtime"),
    lock: at("lock"),
    state: at("state.json"),
    paused: at("paused"),
  };
}

/**
 * The user's folder, made when missing: `<data>/homes/<name>`. Names are unique; one that is no safe file name (or not
 * lower case: some file systems do not tell) is rewritten and gets a piece of a digest of the id, so that two people
 * never share a home.
 */
export function homeOf(place: string, user: { readonly id: string; readonly name: string }): string {
  const safe = user.name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 40);
  const digest = createHash("sha256").update(user.id).digest("hex").slice(0, 10);
  return dataFolder(place, "homes", safe === user.name && safe !== "" ? safe : `${safe || "user"}-${digest}`);
}

export function prepareSessionFolder(folder: SessionFolder): void {
  dataFolder(folder.place, "sessions", folder.key);
}

/** Removes what the last server left behind (all but its log) and makes room for the next one. */
export function clearSessionFolder(folder: SessionFolder): void {
  forgetSecrets(folder);
  rmSync(folder.state, { force: true });
  rmSync(folder.paused, { force: true });
  mkdirSync(folder.runtime, { recursive: true, mode: 0o700 });
}

export function forgetSecrets(folder: SessionFolder): void {
  rmSync(folder.runtime, { recursive: true, force: true });
  rmSync(folder.config, { force: true });
}

/** As a whole or not at all: readers never see half a file. */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(beside, text, { mode: 0o600 });
  renameSync(beside, file);
}

export const writeState = (folder: SessionFolder, state: SessionState): void =>
  writeWhole(folder.state, JSON.stringify(state));

export function readState(folder: SessionFolder): SessionState | null {
  return readJson<SessionState>(folder.state);
}

/** Leaves the mark of a stop on purpose, or takes it away. */
export function pauseMark(folder: SessionFolder, paused: boolean): void {
  if (paused) writeWhole(folder.paused, "");
  else rmSync(folder.paused, { force: true });
}

export const isPaused = (folder: SessionFolder): boolean => existsSync(folder.paused);

/** Null when the file is missing or not (yet) whole. */
export function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return null;
  }
}

/** Names this run of the machine; "" where the system does not tell. */
export function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
