import { execFile } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeLauncher, handleOf, settled } from "#lib/launch/contract.ts";
import type { Handle } from "#lib/launch/launcher.ts";
import { familyOf, readProcesses } from "#lib/launch/local/processes.ts";
import { findServers } from "#lib/launch/local/running-server.ts";
import { placeOf, sessionFolder } from "#lib/launch/local/session-folder.ts";
import { stopAllLocal } from "#lib/launch/local/stop-all-local.ts";
import { jupyterForTests, newMeridian, smallOrder } from "#lib/launch/local/test-machine.ts";
import { runInKernel } from "#lib/staging/run-in-kernel.ts";
import { until } from "#lib/until.ts";

const run = promisify(execFile);
const signal = AbortSignal.timeout(10 * 60_000);
const soon = { withinMs: 60_000 };

type Meridian = ReturnType<typeof newMeridian>;
const meridians: Meridian[] = [];
let jupyter: string;

beforeAll(async () => {
  jupyter = await jupyterForTests();
}, 15 * 60_000);
afterAll(async () => {
  await Promise.all(meridians.map((meridian) => meridian.dispose()));
}, 60_000);

function meridian(command = jupyter): Meridian {
  const made = newMeridian(command);
  meridians.push(made);
  return made;
}
const folderIn = ({ data }: Meridian, key: string) => sessionFolder(placeOf(data), key);
const serversIn = (one: Meridian, key: string) => findServers(folderIn(one, key));
const familyIn = async (one: Meridian, key: string) =>
  familyOf(await readProcesses(), ({ mark }) => mark?.key === key && mark.place === placeOf(one.data));

/** An available session; `python` runs code in a new kernel of it. */
async function sessionIn(one: Meridian, key: string, more: Partial<ReturnType<typeof smallOrder>> = {}) {
  const launcher = one.launcher();
  const handle = handleOf(await launcher.launch(smallOrder(key, more), signal));
  const seen = await settled(launcher, handle);
  if (seen.state === "gone") throw new Error(`${seen.why}\n${seen.log}`);
  const open = await launcher.open(handle, signal);
  const [server] = await serversIn(one, key);
  if (!server) throw new Error("an available session without a server");
  const python = async (code: string) => (await runInKernel(open, code, signal)).trim();
  return { launcher, handle, open, link: seen.link, server, python };
}

describeLauncher("local", async () => {
  const one = meridian();
  return {
    launcher: one.launcher,
    order: smallOrder,
    unknown: [{ key: "m-000000000000" }],
    countServers: async (key) => (await serversIn(one, key)).length,
    computeFor: (open, seconds, stop) => runInKernel(open, `import time; time.sleep(${seconds})`, stop),
    compute: async (open) => (await runInKernel(open, "print(6 * 7)", signal)).trim(),
    dispose: one.dispose,
  };
});

test("this machine runs notebooks and nothing else", async () => {
  const launcher = meridian().launcher();
  for (const type of ["carta", "headless"] as const) {
    const order = smallOrder(`other-${type}`, { executable: { type, image: "images.canfar.net/skaha/a:1" } });
    await expect(launcher.launch(order, signal)).rejects.toMatchObject({ name: "LaunchError", mayPass: false });
  }
  expect(await launcher.list(signal)).toEqual([]);
  expect(await launcher.choices(signal)).toBeNull();
});

test("the kernel of a notebook, and what it started, end with the session", async () => {
  const one = meridian();
  const { launcher, handle, python, server } = await sessionIn(one, "kernel");
  const started = await python(`
import os, subprocess
# The second is deaf to polite signals and leaves the kernel's Unix session.
subprocess.Popen(["sleep", "1000"])
subprocess.Popen(["sh", "-c", "trap '' TERM HUP; sleep 1001 & sleep 1002"], start_new_session=True)
print(os.getpid())`);
  const family = await familyIn(one, "kernel");
  expect(family.map(({ pid }) => pid)).toEqual(expect.arrayContaining([server.pid, Number(started)]));
  expect(family.filter(({ command }) => /sleep 100\d/.test(command)).length).toBeGreaterThanOrEqual(3);
  await launcher.release(handle, signal);
  const alive = new Set((await readProcesses()).map(({ pid, startedAt }) => `${pid}@${startedAt}`));
  expect(family.filter(({ pid, startedAt }) => alive.has(`${pid}@${startedAt}`))).toEqual([]);
});

test("a process that does not listen is killed when its grace is over", async () => {
  const one = meridian();
  const { handle, python } = await sessionIn(one, "deaf");
  await python(`
import subprocess
deaf = "trap '' TERM; echo deaf; while :; do sleep 0.1; done"
# In a Unix session of its own, as Jupyter itself kills what is in its kernel's.
subprocess.Popen(["sh", "-c", deaf], start_new_session=True, stdout=subprocess.PIPE).stdout.readline()`);
  await one.launcher({ graceMs: 300 }).release(handle, signal);
  expect(await familyIn(one, "deaf")).toEqual([]);
});

test("a server that was killed is seen as gone, with its last lines, and its kernels go at release", async () => {
  const one = meridian();
  const { launcher, handle, server, python } = await sessionIn(one, "killed");
  await python("print(1)");
  process.kill(server.pid, "SIGKILL");
  const seen = await settledGone(launcher, handle);
  expect(seen).toMatchObject({ why: expect.stringMatching(/SIGKILL/), how: "lost" });
  expect(seen.log).toMatch(/running at|is running/i);
  await launcher.release(handle, signal);
  expect(await familyIn(one, "killed")).toEqual([]);
});

test("a session that was killed can be launched again under its key", async () => {
  const one = meridian();
  const { launcher, handle, server, open } = await sessionIn(one, "again");
  process.kill(server.pid, "SIGKILL");
  await settledGone(launcher, handle);
  const next = await sessionIn(one, "again");
  expect(next.open.searchParams.get("token")).not.toBe(open.searchParams.get("token"));
  expect(await serversIn(one, "again")).toHaveLength(1);
});

test("a Jupyter that fails to start is gone with the lines that say why", async () => {
  const one = meridian();
  const broken = script(
    one,
    "broken",
    `case "$*" in *--version) echo 4.0.0;; *) echo "ImportError: no module named tornado" >&2; exit 3;; esac`,
  );
  const launcher = one.launcher({ jupyter: broken });
  const handle = handleOf(await launcher.launch(smallOrder("broken"), signal));
  const seen = await settledGone(launcher, handle);
  expect(seen.why).toBe("Jupyter ended with exit code 3.");
  expect(seen.log).toContain("ImportError: no module named tornado");
});

test("without a working Jupyter a launch fails for good, with what to do", async () => {
  const one = meridian();
  const shim = script(one, "jupyter", `echo "pyenv: jupyter: command not found" >&2; exit 127`);
  const launcher = one.launcher({ jupyter: shim });
  expect(await launcher.readiness(signal)).toMatchObject({
    ready: false,
    why: expect.stringContaining("pyenv: jupyter: command not found"),
    cure: expect.stringContaining("MERIDIAN_JUPYTER"),
  });
  await expect(launcher.launch(smallOrder("none"), signal)).rejects.toMatchObject({
    name: "LaunchError",
    mayPass: false,
    message: expect.stringContaining("MERIDIAN_JUPYTER"),
  });
});

test("a file in the way is told as trouble with a path, not as a crash", async () => {
  const one = meridian();
  writeFileSync(path.join(one.data, "sessions"), "");
  await expect(one.launcher().launch(smallOrder("blocked"), signal)).rejects.toMatchObject({
    name: "LaunchError",
    mayPass: false,
    message: expect.stringContaining(path.join(one.data, "sessions")),
  });
});

test("two Meridians on one machine do not see, list or end each other's notebooks", async () => {
  const [one, other] = [meridian(), meridian()];
  const [mine] = await Promise.all([sessionIn(one, "same"), sessionIn(other, "same")]);
  expect(await one.launcher().list(signal)).toEqual([{ key: "same", handle: { key: "same" } }]);
  await mine.launcher.release(mine.handle, signal);
  expect(await one.launcher().list(signal)).toEqual([]);
  expect(await other.launcher().look({ key: "same" }, signal)).toMatchObject({ state: "available" });
  expect(await stopAllLocal({ data: one.data, pause: false })).toBe(0);
  expect(await serversIn(other, "same")).toHaveLength(1);
});

test("a session keeps to its size: threads, cores, memory and no GPU", async () => {
  const one = meridian();
  const { python, server } = await sessionIn(one, "size", { resources: { cores: 1, memoryGiB: 1, gpus: 0 } });
  const seen = await python(`
import os
print(os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"], repr(os.environ["CUDA_VISIBLE_DEVICES"]))
print(len(os.sched_getaffinity(0)))
small = bytearray(200 * 2**20)
try:
    bytearray(2 * 2**30)
    print("two GiB")
except MemoryError:
    print("MemoryError")`);
  expect(seen.split("\n")).toEqual(["1 1 ''", "1", "MemoryError"]);
  const limit = /^Max data size\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/limits`, "utf8"))?.[1];
  expect(Number(limit)).toBe(2 ** 30);
});

test("two sessions of one core are bound to different cores", async () => {
  const one = meridian();
  const sessions = [await sessionIn(one, "core-a"), await sessionIn(one, "core-b")];
  const masks = sessions.map(
    ({ server }) => /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1],
  );
  expect(new Set(masks).size).toBe(Math.min(2, os.availableParallelism()));
});

test("the token stands neither in a command line, nor in the environment, nor in the log", async () => {
  const one = meridian();
  const { open, python } = await sessionIn(one, "secret");
  await python("print(1)");
  const token = open.searchParams.get("token") ?? "";
  expect(token).toHaveLength(48);
  await fetch(new URL(`/api/nowhere?token=${token}`, open));
  for (const { pid, command } of await familyIn(one, "secret")) {
    expect(command).not.toContain(token);
    expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain(token);
  }
  const folder = folderIn(one, "secret");
  expect(await one.launcher().log({ key: "secret" }, 1000, signal)).not.toContain(token);
  for (const file of [folder.config, folder.log, folder.state]) expect(statSync(file).mode & 0o077).toBe(0);
  expect(statSync(folder.runtime).mode & 0o077).toBe(0);
  expect(readFileSync(folder.state, "utf8")).not.toContain(token);
  await one.launcher().release({ key: "secret" }, signal);
  expect(existsSync(folder.config) || existsSync(folder.runtime)).toBe(false);
  expect(existsSync(folder.log)).toBe(true);
});

test("notebooks do not learn Meridian's own secrets", async () => {
  const one = meridian();
  process.env.DATABASE_URL = "postgres://meridian:very-secret@127.0.0.1/meridian";
  try {
    const { python } = await sessionIn(one, "clean");
    expect(await python("import os; print('DATABASE_URL' in os.environ, os.environ['MERIDIAN_SESSION'])")).toBe(
      "False clean",
    );
  } finally {
    delete process.env.DATABASE_URL;
  }
});

test("files stay from one session to the next, and each user has a home of their own", async () => {
  const one = meridian();
  const first = await sessionIn(one, "first");
  await first.python("open('result.txt', 'w').write('M31')");
  await first.launcher.release(first.handle, signal);
  const [second, stranger] = await Promise.all([
    sessionIn(one, "second"),
    sessionIn(one, "stranger", { user: { id: "2", name: "Grace / Hopper" } }),
  ]);
  expect(await second.python("import os; print(open('result.txt').read(), os.environ['HOME'] == os.getcwd())")).toBe(
    "M31 True",
  );
  expect(await stranger.python("import os; print(os.listdir('.').count('result.txt'))")).toBe("0");
});

test("a server that was started but never written down is found, not started twice", async () => {
  const one = meridian();
  const { open, server, handle } = await sessionIn(one, "lost");
  rmSync(folderIn(one, "lost").state);
  const restarted = one.launcher();
  expect(await restarted.look(handle, signal)).toMatchObject({ state: "available" });
  rmSync(folderIn(one, "lost").state);
  expect(await restarted.launch(smallOrder("lost"), signal)).toMatchObject({ state: "available" });
  expect((await serversIn(one, "lost")).map(({ pid }) => pid)).toEqual([server.pid]);
  expect((await restarted.open(handle, signal)).href).toBe(open.href);
  rmSync(folderIn(one, "lost").state);
  await restarted.release(handle, signal);
  expect(await familyIn(one, "lost")).toEqual([]);
});

test("a process that later got the pid of a dead server is not taken for it", async () => {
  const one = meridian();
  const { launcher, handle, server } = await sessionIn(one, "reused");
  await launcher.release(handle, signal);
  const { state } = folderIn(one, "reused");
  writeFileSync(
    state,
    JSON.stringify({ ...JSON.parse(readFileSync(state, "utf8")), pid: process.pid, ended: undefined }),
  );
  expect(await launcher.look(handle, signal)).toMatchObject({ state: "gone" });
  await launcher.release(handle, signal); // and we are still here
  expect(server.pid).not.toBe(process.pid);
});

test("should two servers run for one session, the oldest stays", async () => {
  const one = meridian();
  const { server, launcher, handle } = await sessionIn(one, "double");
  const { config } = folderIn(one, "double");
  const second = execFile("sh", ["-c", "sleep 1000; :", "sh", `--config=${config}`], {
    env: { ...process.env, MERIDIAN_PLACE: placeOf(one.data), MERIDIAN_SESSION: "double" },
  });
  await until("there are two", async () => (await serversIn(one, "double")).length === 2, soon);
  await launcher.launch(smallOrder("double"), signal);
  expect((await serversIn(one, "double")).map(({ pid }) => pid)).toEqual([server.pid]);
  expect(second.pid).not.toBe(server.pid);
  expect(await launcher.look(handle, signal)).toMatchObject({ state: "available" });
});

test("three processes that launch the same session at once start one server, which outlives them", async () => {
  const one = meridian();
  const code = `
    import { createLocalLauncher } from "#lib/launch/local/local-launcher.ts";
    const launcher = createLocalLauncher(${JSON.stringify({ data: one.data, jupyter })});
    await launcher.readiness(AbortSignal.timeout(60_000));
    console.log(JSON.stringify(await launcher.launch(${JSON.stringify(smallOrder("race"))}, AbortSignal.timeout(60_000))));`;
  const launchInOtherProcess = () =>
    run(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], { cwd: process.cwd() });
  const answers = await Promise.all([launchInOtherProcess(), launchInOtherProcess(), launchInOtherProcess()]);
  for (const { stdout } of answers) expect(JSON.parse(stdout)).toMatchObject({ handle: { key: "race" } });
  expect(await settled(one.launcher(), { key: "race" })).toMatchObject({ state: "available" });
  expect(await serversIn(one, "race")).toHaveLength(1);
});

test("when all of Meridian is stopped its sessions are paused, and a launch starts them again", async () => {
  const one = meridian();
  const { launcher, handle } = await sessionIn(one, "pause");
  expect(await stopAllLocal({ data: one.data, pause: true })).toBe(1);
  expect(await launcher.look(handle, signal)).toMatchObject({ state: "gone", how: "paused" });
  await launcher.launch(smallOrder("pause"), signal);
  expect(await settled(launcher, handle)).toMatchObject({ state: "available" });
  await launcher.release(handle, signal);
  expect(await launcher.look(handle, signal)).toMatchObject({ state: "gone", how: "lost" });
});

test("a restart of the machine pauses a session, too", async () => {
  const one = meridian();
  const { launcher, handle, server } = await sessionIn(one, "reboot");
  process.kill(server.pid, "SIGKILL");
  await settledGone(launcher, handle);
  const { state } = folderIn(one, "reboot");
  writeFileSync(state, JSON.stringify({ ...JSON.parse(readFileSync(state, "utf8")), boot: "yesterday" }));
  expect(await launcher.look(handle, signal)).toMatchObject({ state: "gone", how: "paused" });
});

async function settledGone(launcher: ReturnType<Meridian["launcher"]>, handle: Handle) {
  return await until(
    "the session is gone",
    async () => {
      const seen = await launcher.look(handle, signal);
      return seen.state === "gone" ? seen : null;
    },
    soon,
  );
}

function script(one: Meridian, name: string, body: string): string {
  const file = path.join(one.data, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}
