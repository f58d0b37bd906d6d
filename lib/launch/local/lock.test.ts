import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withLock } from "#lib/launch/local/lock.ts";

const run = promisify(execFile);
const signal = AbortSignal.timeout(120_000);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "meridian-lock-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("only one at a time is inside, also among several processes", async () => {
  const lock = path.join(folder, "shared");
  const counter = path.join(folder, "counter");
  writeFileSync(counter, "0");
  const code = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { setTimeout } from "node:timers/promises";
    import { withLock } from "#lib/launch/local/lock.ts";
    for (let i = 0; i < 10; i++)
      await withLock(${JSON.stringify(lock)}, AbortSignal.timeout(60000), async () => {
        const before = Number(readFileSync(${JSON.stringify(counter)}, "utf8"));
        await setTimeout(2);
        writeFileSync(${JSON.stringify(counter)}, String(before + 1));
      });`;
  const count = () => run(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code]);
  await Promise.all([count(), count(), count()]);
  expect(readFileSync(counter, "utf8")).toBe("30");
});

test("the lock of a process that died is taken over, also when its pid was given out again", async () => {
  const lock = path.join(folder, "dead");
  for (const pid of [2 ** 22 + 1, process.pid]) {
    writeFileSync(lock, JSON.stringify({ pid, startedAt: 1, id: "dead" }));
    expect(await withLock(lock, signal, async () => "inside")).toBe("inside");
  }
  writeFileSync(lock, "half a fi");
  expect(await withLock(lock, signal, async () => "inside")).toBe("inside");
});

test("when many find the same dead holder, they still go in one by one", async () => {
  const lock = path.join(folder, "many");
  writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 1, id: "dead" }));
  let inside = 0;
  let most = 0;
  const enter = () =>
    withLock(lock, AbortSignal.timeout(60_000), async () => {
      most = Math.max(most, ++inside);
      await pause(1);
      inside--;
    });
  await Promise.all(Array.from({ length: 20 }, enter));
  expect(most).toBe(1);
});

test("it is given back when the work fails, and leaves no files behind", async () => {
  const lock = path.join(folder, "failing");
  const failing = withLock(lock, signal, async () => {
    throw new Error("the disk is full");
  });
  await expect(failing).rejects.toThrow("the disk is full");
  expect(existsSync(lock)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith("failing"))).toEqual([]);
});

test("who waits gives up when told to", async () => {
  const lock = path.join(folder, "waiting");
  await withLock(lock, signal, async () => {
    await expect(withLock(lock, AbortSignal.timeout(50), async () => {})).rejects.toThrow(/timeout/i);
  });
});
