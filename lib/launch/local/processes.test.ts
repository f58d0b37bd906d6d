import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { familyOf, type Process, processesFromPs, readProcesses, startOf } from "#lib/launch/local/processes.ts";

const one = (pid: number, parent: number, session: number): Process => ({
  pid,
  parent,
  session,
  startedAt: 1,
  command: "",
  mark: null,
});

test("we find ourselves, and know when we started", async () => {
  const ours = (await readProcesses()).find(({ pid }) => pid === process.pid);
  expect(ours).toMatchObject({ parent: process.ppid, startedAt: await startOf(process.pid) });
});

test("a process that has ended, or never was, has no start", async () => {
  const child = spawn("true");
  const { pid = 0 } = child;
  await new Promise((resolve) => child.once("exit", resolve));
  expect(await startOf(pid)).toBeNull();
  expect(await startOf(2 ** 22 + 1)).toBeNull();
});

test("a mark is read from the environment, and children inherit it", async () => {
  const child = spawn("sh", ["-c", "sleep 1000 & wait"], {
    env: { ...process.env, MERIDIAN_PLACE: "/somewhere else", MERIDIAN_SESSION: "marked" },
    detached: true,
  });
  try {
    await new Promise((resolve) => child.once("spawn", resolve));
    const marked = async () => (await readProcesses()).filter(({ mark }) => mark?.key === "marked");
    await expect.poll(async () => (await marked()).length, { timeout: 10_000 }).toBe(2);
    expect((await marked())[0]?.mark).toEqual({ place: "/somewhere else", key: "marked" });
  } finally {
    process.kill(-(child.pid ?? 0), "SIGKILL");
  }
});

test("ps, where there is no /proc, tells the same processes apart", async () => {
  const config = "/data of/ada/sessions/s-1/jupyter.json";
  const child = spawn("sh", ["-c", "sleep 1000; :", "sh", `--config=${config}`], { detached: true });
  try {
    await new Promise((resolve) => child.once("spawn", resolve));
    const seen = (await processesFromPs()).find(({ pid }) => pid === child.pid);
    expect(seen).toMatchObject({ parent: process.pid, mark: { place: "/data of/ada", key: "s-1" } });
    expect(seen?.startedAt).toBeGreaterThan(0);
    expect((await processesFromPs(["-p", String(2 ** 22 + 1)])).length).toBe(0);
  } finally {
    process.kill(-(child.pid ?? 0), "SIGKILL");
  }
});

test("a family is everybody below, and whoever shares a Unix session with one of them", () => {
  const server = one(10, 1, 10);
  const kernel = one(11, 10, 11);
  const orphanOfKernel = one(12, 1, 11);
  const other = one(20, 1, 20);
  const pids = familyOf([other, orphanOfKernel, kernel, server], ({ pid }) => pid === 10).map(({ pid }) => pid);
  expect(pids.sort()).toEqual([10, 11, 12]);
});

test("we are never part of a family that is to be ended", () => {
  const family = familyOf([one(10, 1, 10), one(process.pid, 10, 10)], ({ pid }) => pid === 10);
  expect(family.map(({ pid }) => pid)).toEqual([10]);
});
