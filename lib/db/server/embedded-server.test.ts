import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedServer } from "./embedded-server.ts";
import { processesOf } from "./postmaster.ts";
import type { RunningServer } from "./running-server.ts";
import { startSystemServer } from "./system-server.ts";

const isRoot = process.getuid?.() === 0;
let home: string;
let said: string[];
let started: RunningServer[];

beforeEach(() => {
  home = mkdtempSync("/tmp/meridian-embedded-");
  if (isRoot) execFileSync("chmod", ["711", home]);
  said = [];
  started = [];
});

afterEach(async () => {
  for (const server of started) await server.discard();
  rmSync(home, { recursive: true, force: true });
});

async function start(folder = path.join(home, "one")) {
  const server = await startEmbeddedServer({ folder, say: (line) => said.push(line), durable: false });
  started.push(server);
  return server;
}

async function query(server: RunningServer, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows.flat();
  } finally {
    await client.end();
  }
}

const remember = (server: RunningServer, word: string) =>
  query(server, `CREATE TABLE kept AS SELECT '${word}' AS word`);
const recall = (server: RunningServer) => query(server, "SELECT word FROM kept");

async function killed(server: RunningServer) {
  process.kill(server.pid, "SIGKILL");
  await expect.poll(() => server.isRunning()).toBe(false);
}

describe("the embedded database", () => {
  test("starts, and keeps its data, port and password over a stop and a start", async () => {
    const first = await start();
    expect(first.version).toMatch(/^18\./);
    await remember(first, "saved");
    await first.stop();
    expect(processesOf(first.cluster)).toEqual([]);

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(second.adopted).toBe(false);
    expect(await recall(second)).toEqual(["saved"]);
  });

  test("listens on loopback only, asks for the password, and shows it to nobody", async () => {
    const server = await start();
    expect(await query(server, "SHOW listen_addresses")).toEqual(["127.0.0.1"]);
    expect(await query(server, "SHOW unix_socket_directories")).toEqual([""]);
    const wrong = new Client({ connectionString: server.url.replace(/:[0-9a-f]{48}@/, ":guess@") });
    await expect(wrong.connect()).rejects.toThrow(/password authentication failed/);
    expect(statSync(path.join(home, "one", "password")).mode & 0o777).toBe(0o600);
    const commands = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
    expect(commands).not.toContain(new URL(server.url).password);
  });

  test("is out of reach of the terminal's signals", async () => {
    const server = await start();
    const [group, session] = execFileSync("ps", ["-o", "pgid=,sid=", "-p", String(server.pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    expect([group, session]).toEqual([String(server.pid), String(server.pid)]);
  });

  test("starts again after its server was killed, with what was committed", async () => {
    const first = await start();
    await remember(first, "committed");
    await killed(first);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await recall(second)).toEqual(["committed"]);
  });

  test("starts again although processes of the killed server still hold its memory", async () => {
    const first = await start();
    await remember(first, "committed");
    const helpers = processesOf(first.cluster).filter((pid) => pid !== first.pid);
    for (const pid of helpers) process.kill(pid, "SIGSTOP"); // so that they do not notice
    await killed(first);
    expect(processesOf(first.cluster).length).toBeGreaterThan(0);
    expect(await recall(await start())).toEqual(["committed"]);
  });

  test("takes over a server that a killed run left, and stops it in the end", async () => {
    const left = await start();
    await remember(left, "still here");
    const taken = await start();
    expect(taken.adopted).toBe(true);
    expect(taken.pid).toBe(left.pid);
    expect(await recall(taken)).toEqual(["still here"]);
    await taken.stop();
    expect(processesOf(taken.cluster)).toEqual([]);
  });

  test("ends a left server that does not answer, and starts another", { timeout: 40_000 }, async () => {
    const left = await start();
    await remember(left, "committed");
    process.kill(left.pid, "SIGSTOP");
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(next.pid).not.toBe(left.pid);
    expect(await recall(next)).toEqual(["committed"]);
  });

  test("is not fooled by a lock whose process number now belongs to another program", async () => {
    const first = await start();
    const lock = await readFile(path.join(first.cluster, "postmaster.pid"), "utf8");
    await first.stop();
    // Of the same user, and alive: PostgreSQL itself would refuse to start.
    const identity = isRoot ? { uid: statSync(first.cluster).uid, gid: statSync(first.cluster).gid } : {};
    const stranger = spawn("sleep", ["600"], { ...identity, stdio: "ignore" });
    try {
      await writeFile(path.join(first.cluster, "postmaster.pid"), lock.replace(/^\d+/, String(stranger.pid)));
      const second = await start();
      expect(second.adopted).toBe(false);
      expect(stranger.exitCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });

  test("takes another port when the one of the last time is taken", async () => {
    const first = await start();
    await first.stop();
    const other = await start(path.join(home, "other"));
    await other.stop();
    await writeFile(path.join(home, "other", "port"), String(first.port));
    const occupant = await start();
    expect(occupant.port).toBe(first.port);
    const moved = await start(path.join(home, "other"));
    expect(moved.port).not.toBe(first.port);
  });

  test("two folders are two databases, side by side", async () => {
    const [one, two] = await Promise.all([start(path.join(home, "one")), start(path.join(home, "two"))]);
    await remember(one, "one");
    await remember(two, "two");
    expect([await recall(one), await recall(two)]).toEqual([["one"], ["two"]]);
    await one.stop();
    expect(await recall(two)).toEqual(["two"]);
  });

  test("an interrupted creation is made anew", async () => {
    const folder = path.join(home, "one");
    await mkdir(path.join(folder, "cluster.new", "base"), { recursive: true });
    expect(await query(await start(folder), "SELECT 1")).toEqual([1]);
    expect(existsSync(path.join(folder, "cluster.new"))).toBe(false);
  });

  test("a start that is called off leaves nothing running", async () => {
    const folder = path.join(home, "one");
    const signal = AbortSignal.abort(new Error("called off"));
    await expect(startEmbeddedServer({ folder, say: () => undefined, durable: false, signal })).rejects.toThrow(
      "called off",
    );
    expect(processesOf(path.join(folder, "cluster"))).toEqual([]);
  });

  test("a server that cannot start says why", async () => {
    const first = await start();
    await first.stop();
    await writeFile(path.join(first.cluster, "PG_VERSION"), "9\n");
    await expect(start()).rejects.toThrow(/did not start[\s\S]*incompatible/);
  });
});

describe.runIf(isRoot)("as root, in a folder that the system user cannot get to", () => {
  const closed = async () => {
    const folder = path.join(home, "closed", "data");
    await mkdir(folder, { recursive: true });
    execFileSync("chmod", ["700", path.join(home, "closed")]);
    return folder;
  };

  test("the database lies elsewhere, says so once, and is found again", async () => {
    const folder = await closed();
    const first = await start(folder);
    expect(said.join()).toContain(path.dirname(first.cluster));
    expect(first.cluster).toMatch(/^\/var\/lib\/meridian\//);
    expect(realpathSync(path.join(folder, "cluster"))).toBe(first.cluster);
    await remember(first, "elsewhere");
    await first.stop();
    said.length = 0;
    const second = await start(folder);
    expect(said).toEqual([]);
    expect(await recall(second)).toEqual(["elsewhere"]);
  });

  test("a copy of the folder does not share the original's database", async () => {
    const folder = await closed();
    const original = await start(folder);
    const copy = `${folder}-copy`;
    await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
    const other = await start(copy);
    expect(other.adopted).toBe(false);
    expect(other.cluster).not.toBe(original.cluster);
  });
});

test("a server of the system's own version runs beside it, when the machine has one", async () => {
  const server = await startSystemServer();
  if (!server) return expect(existsSync("/usr/lib/postgresql/15/bin/postgres")).toBe(false);
  started.push(server);
  expect(server.version).toMatch(/^15\./);
  expect(await query(server, "SELECT current_database()")).toEqual(["meridian"]);
});
