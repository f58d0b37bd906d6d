import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endOrphan } from "./end-session.ts";
import { claimRun, identify, isAlive, type Run, type RunRecord, readRun } from "./run-file.ts";

const url = "http://127.0.0.1:3000";
let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), "meridian-run-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

async function claimed(): Promise<Run> {
  const run = await claimRun(data, url);
  if ("servedBy" in run) throw new Error("served already");
  return run;
}

function sleeper(environment: NodeJS.ProcessEnv = process.env) {
  const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore", env: environment });
  if (!child.pid) throw new Error("sleep did not start");
  const gone = new Promise((resolve) => child.once("exit", resolve));
  return { pid: child.pid, gone, child };
}

const write = (record: Partial<RunRecord>) => writeFileSync(path.join(data, "run.json"), JSON.stringify(record));

test("whoever claims a data folder is recorded, and everybody else is told who it is", async () => {
  const run = await claimed();
  expect(run.earlier).toBeNull();
  expect(await claimRun(data, url)).toEqual({ servedBy: readRun(data) });
  run.update({ state: "ready" });
  expect(readRun(data)).toMatchObject({ pid: process.pid, url, state: "ready" });
  expect(statSync(path.join(data, "run.json")).mode & 0o777).toBe(0o600);
  run.remove();
  expect(readdirSync(data)).toEqual([]);
});

test("of many that claim it at once, one gets it, also after a killed run", async () => {
  write({ ...(await identify(process.pid)), startTime: 1, url });
  const claims = await Promise.all(Array.from({ length: 20 }, () => claimRun(data, url)));
  expect(claims.filter((claim) => !("servedBy" in claim))).toHaveLength(1);
  expect(readdirSync(data)).toEqual(["run.json"]);
});

test("a run whose process has ended hands over what it recorded", async () => {
  const { pid, child, gone } = sleeper();
  const dead = { ...(await identify(pid)), url, state: "ready" as const };
  child.kill("SIGKILL");
  await gone;
  write(dead);
  expect((await claimed()).earlier).toEqual(dead);
});

test("a process number that was given out again, or is of another boot, is somebody else", async () => {
  const me = await identify(process.pid);
  expect(await isAlive(me)).toBe(true);
  expect(await isAlive({ ...me, startTime: (me.startTime ?? 0) + 1 })).toBe(false);
  expect(await isAlive({ ...me, boot: "another" })).toBe(false);
  write({ ...me, startTime: 1, url });
  expect((await claimed()).earlier).toMatchObject({ startTime: 1 });
});

test("a record that cannot be read is replaced", async () => {
  writeFileSync(path.join(data, "run.json"), "{");
  expect((await claimed()).earlier).toBeNull();
});

test("an orphan is ended when it is the one that was recorded, and left alone when it is not", async () => {
  const { pid, child, gone } = sleeper();
  const recorded = await identify(pid);
  expect(await endOrphan({ ...recorded, startTime: 1 }, data)).toBe("none");
  expect(child.exitCode).toBeNull();
  expect(await endOrphan(recorded, data)).toBe("ended");
  await gone;
  expect(await endOrphan(recorded, data)).toBe("none");
});

test.runIf(process.platform === "linux")(
  "what an orphan started is ended too when the orphan itself is gone",
  async () => {
    const environment = { ...process.env, MERIDIAN_DATA: data };
    const leader = spawn("sh", ["-c", "sleep 600 & echo $!; wait"], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
      env: environment,
    });
    const helper = Number(await new Promise((resolve) => leader.stdout.once("data", resolve)));
    const recorded = await identify(leader.pid ?? 0);
    const gone = new Promise((resolve) => leader.once("exit", resolve));
    leader.kill("SIGKILL");
    await gone;
    expect(await endOrphan(recorded, "/another/data/folder")).toBe("none");
    expect(await isAlive(await identify(helper))).toBe(true);
    expect(await endOrphan(recorded, data)).toBe("ended");
  },
);
