import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { startOf } from "#lib/launch/local/processes.ts";
import { until } from "#lib/until.ts";

interface Holder {
  readonly pid: number;
  readonly startedAt: number | null;
  readonly id: string;
}

/**
 * Does `work` while no other process, and nobody else in this one, holds the lock `file`.
 *
 * A holder that died leaves the file behind: it is known by its pid *and* start, so that another process that got the
 * same pid later is not taken for it. Waits as long as `signal` lets it.
 *
 * Two processes that find the same dead holder in the same instant may, in theory, both get in; `launch` therefore
 * counts the servers afterwards.
 */
export async function withLock<T>(file: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const me: Holder = { pid: process.pid, startedAt: await startOf(process.pid), id: randomUUID() };
  const mine = `${file}.${me.id}`;
  // Written beside and then linked: whoever sees the lock sees all of it, and only one link can be made.
  writeFileSync(mine, JSON.stringify(me), { flag: "wx", mode: 0o600 });
  try {
    await until(`the lock ${file}`, () => take(file, mine), { withinMs: Number.POSITIVE_INFINITY, signal });
  } finally {
    rmSync(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    if (holderOf(file)?.id === me.id) rmSync(file, { force: true });
  }
}

async function take(file: string, mine: string): Promise<boolean> {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const holder = holderOf(file);
  if (holder && !(await isAlive(holder))) breakLock(file, holder);
  return false;
}

/** Moves the dead holder's lock away; puts it back when another one was quicker and it is no longer the dead one's. */
function breakLock(file: string, dead: Holder) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside)?.id !== dead.id) linkSync(aside, file);
  } catch {
    // Broken or taken by somebody else: the next try sees which.
  } finally {
    rmSync(aside, { force: true });
  }
}

const isAlive = async (holder: Holder) => {
  const startedAt = await startOf(holder.pid);
  return startedAt !== null && startedAt === holder.startedAt;
};

/** Null when there is none; a file that cannot be understood is somebody dead. */
function holderOf(file: string): Holder | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return { pid: 0, startedAt: null, id: "" };
  }
}
