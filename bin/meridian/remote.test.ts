import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { freePort } from "#lib/loopback-port.ts";
import { until } from "#lib/until.ts";
import { main } from "./main.ts";
import { openerHere, openWith } from "./open.ts";

/** The commands that speak to a Meridian, as people call them, with a small server on loopback in its place. */
const id = "0199f000-0000-7000-8000-000000000001";
const folder = mkdtempSync(path.join(tmpdir(), "meridian-remote-"));
const file = path.join(folder, "fit.yaml");
writeFileSync(file, "schedule: {requested: {duration: PT1H}}\n");

const session = (phase: string, more: object = {}) => ({
  kind: "K",
  meta: { uuid: id, name: "fit", modified: "2026-12-01T08:00:00Z" },
  phase,
  expires: "2026-12-01T07:05:00Z",
  compute: { cores: { min: 2, max: 2 }, memory: { min: 4, max: 4 } },
  schedule: { available: { start: "2026-12-01T08:00:00Z/PT0S", duration: "PT1H" } },
  ...more,
});
const row = `${id}  OFFERED  2026-12-01 08:00 UTC  PT1H  2      4 GiB   -     fit`;

let answers: Record<string, [status: number, body: unknown, headers?: Record<string, string>]> = {};
let asked: { line: string; body: string; token: string | undefined; key: unknown }[] = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const line = `${request.method} ${request.url?.replace("/api/broker/v1", "")}`;
  const { authorization: token, "idempotency-key": key } = request.headers;
  asked.push({ line, body, token, key });
  const [status, answer, headers] = answers[line] ?? [404, { detail: "There is no such thing." }];
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(answer));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
// No database is there: a command that wanted one would fail.
const variables = { MERIDIAN_DATA: folder, DATABASE_URL: "", MERIDIAN_URL: url, MERIDIAN_TOKEN: "mine" };
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  answers = {};
  asked = [];
});

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
/** In this process: a start of its own costs a second. */
async function meridian(args: readonly string[], more: Record<string, string> = {}): Promise<Said> {
  const said = { out: "", err: "" };
  const log = vi.spyOn(console, "log").mockImplementation((line) => {
    said.out += `${line}\n`;
  });
  const error = vi.spyOn(console, "error").mockImplementation((line) => {
    said.err += `${line}\n`;
  });
  for (const [name, value] of Object.entries({ ...variables, ...more })) vi.stubEnv(name, value);
  const code = await main(args).finally(() => {
    vi.unstubAllEnvs();
    log.mockRestore();
    error.mockRestore();
  });
  return { code, ...said };
}

const start = (args: readonly string[]) => {
  const program = path.join(import.meta.dirname, "..", "meridian.ts");
  return spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", program, ...args], {
    env: { ...process.env, ...variables },
  });
};

/** As people call it. */
function alone(args: readonly string[], input: string): Promise<Said> {
  const child = start(args);
  child.stdin.end(input);
  const said = { out: "", err: "" };
  child.stdout.on("data", (bytes) => {
    said.out += bytes;
  });
  child.stderr.on("data", (bytes) => {
    said.err += bytes;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
}

test("a request is sent as it stands in the file, and its offers are shown with what to do next", async () => {
  const set = { result: "YES", offers: [session("OFFERED")] };
  answers[`POST /requests?platform=local`] = [303, null, { location: `${url}/api/broker/v1/offersets/${id}` }];
  answers[`GET /offersets/${id}`] = [200, set];
  const said = await meridian(["request", file, "--platform", "local"]);
  expect(said).toMatchObject({ code: 0, err: "" });
  expect(said.out.split("\n")).toEqual([
    "YES, 1 offer, held until 2026-12-01 07:05 UTC.",
    "SESSION                               PHASE    STARTS                FOR   CORES  MEMORY  GPUS  NAME",
    row,
    "Accept one with: npm run -s meridian -- accept SESSION",
    "",
  ]);
  expect(asked[0]).toMatchObject({ body: "schedule: {requested: {duration: PT1H}}\n", token: "Bearer mine" });
});

test("a NO is printed with its reasons, from the standard input as well, and exits 1", async () => {
  const messages = [{ level: "ERROR", message: "All is taken.\u001b[2J" }];
  answers["POST /requests"] = [200, { result: "NO", meta: { messages } }];
  const said = await alone(["request", "-"], "{}");
  expect(said).toEqual({ code: 1, out: "NO.\n  ERROR  All is taken.\uFFFD[2J\n", err: "" });
  answers["POST /direct"] = [400, session("FAILED", { meta: { messages } })];
  expect(await meridian(["direct", file])).toMatchObject({ code: 1, out: expect.stringContaining("All is taken.") });
});

test("what is piped in is waited for, and has to be UTF-8", async () => {
  answers["POST /requests"] = [200, { result: "NO", meta: { messages: [] } }];
  const child = start(["request", "-"]);
  const ended = new Promise((resolve) => child.once("close", resolve));
  // More than any pipe holds: when it is written, most of it has been read, and what is left is waited for.
  await new Promise((resolve) => child.stdin.write(`${"#".repeat(2_000_000)}\n`, resolve));
  child.stdin.end("{}");
  expect(await ended).toBe(1);
  expect(asked[0]?.body).toMatch(/^#+\n\{\}$/);
  const latin = path.join(folder, "latin.yaml");
  writeFileSync(latin, Buffer.from("name: Andr\xe9\n", "latin1"));
  expect(await meridian(["request", latin])).toMatchObject({ code: 2, err: expect.stringContaining("is not UTF-8") });
});

test("a token that can be none is not sent, and not shown", async () => {
  const said = await meridian(["sessions"], { MERIDIAN_TOKEN: "mrd_secret\nmrd_secret" });
  expect(said).toMatchObject({ code: 4, err: expect.stringContaining("MERIDIAN_TOKEN is no access token") });
  expect(said.err).not.toContain("mrd_secret");
  answers["GET /sessions?limit=20"] = [200, { items: [] }];
  expect((await meridian(["sessions"], { MERIDIAN_TOKEN: " mine\n" })).code).toBe(0);
  expect(asked).toHaveLength(1);
  expect((await meridian(["sessions"], { MERIDIAN_URL: `${url}/?x=1` })).code).toBe(2);
});

test("an answer can be had as it came, in JSON and in YAML", async () => {
  answers[`GET /sessions/${id}`] = [200, session("RUNNING")];
  expect(JSON.parse((await meridian(["sessions", id, "--json"])).out)).toEqual(session("RUNNING"));
  expect((await meridian(["sessions", id, "--yaml"])).out).toContain("phase: RUNNING\n");
  expect(await meridian(["sessions", id, "--yaml", "--json"])).toMatchObject({ code: 2, out: "" });
});

test("sessions are listed by phase as far as is wanted, offer sets too", async () => {
  answers["GET /sessions?limit=2&phase=OFFERED"] = [200, { items: Array(3).fill(session("OFFERED")), next: "/x" }];
  expect((await meridian(["sessions", "--phase", "offered", "--limit", "2"])).out.split("\n").slice(1)).toEqual([
    row,
    row,
    "",
  ]);
  answers["GET /offersets?limit=20"] = [200, { items: [] }];
  expect(await meridian(["offers"])).toMatchObject({ code: 0, out: "Nothing was offered to you yet.\n" });
});

test("accept and cancel say what became of it; what is refused exits 1 with the way forward", async () => {
  answers[`POST /sessions/${id}`] = [200, session("ACCEPTED")];
  expect(await meridian(["accept", id])).toMatchObject({ code: 0, out: expect.stringContaining("ACCEPTED") });
  answers[`POST /sessions/${id}`] = [409, { detail: "It is over.", allowed: ["CANCELLED"] }];
  expect(await meridian(["cancel", id])).toEqual({ code: 1, out: "", err: "It is over.\n  possible now: CANCELLED\n" });
});

test.each(["ACCEPTED", "PREPARING", "RUNNING"])("what is %s already is accepted, and accept exits 0", async (phase) => {
  answers[`POST /sessions/${id}`] = [200, session(phase)];
  expect(await meridian(["accept", id])).toMatchObject({ code: 0, out: expect.stringContaining(phase) });
});

test.each(["OFFERED", "EXPIRED", "CANCELLED"])("what is %s is not accepted, and accept exits 1", async (phase) => {
  answers[`POST /sessions/${id}`] = [200, session(phase)];
  expect(await meridian(["accept", id])).toMatchObject({ code: 1, out: expect.stringContaining(phase) });
});

test("whatever changes something has a key of its own each time, so that it can be sent again", async () => {
  answers["POST /requests"] = [200, { result: "YES", offers: [session("OFFERED")] }];
  answers["POST /direct"] = [200, session("ACCEPTED")];
  answers[`POST /sessions/${id}`] = [200, session("ACCEPTED")];
  const commands = [
    ["request", file],
    ["direct", file],
    ["accept", id],
    ["cancel", id],
    ["accept", id],
  ];
  for (const args of commands) await meridian(args);
  const keys = asked.map(({ key }) => key);
  expect(keys).toEqual(commands.map(() => expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)));
  expect(new Set(keys).size).toBe(commands.length);
});

test("watch prints each phase and ends with the session, or where one wants to", async () => {
  answers[`GET /sessions/${id}`] = [200, session("FAILED", { meta: { messages: [{ message: "It broke." }] } })];
  expect(await meridian(["watch", id])).toEqual({ code: 1, out: "FAILED\n  INFO   It broke.\n", err: "" });
  answers[`GET /sessions/${id}`] = [200, session("AVAILABLE")];
  const until = await meridian(["watch", id, "--until", "available"]);
  expect(until).toEqual({ code: 0, out: "2026-12-01 08:00 UTC  AVAILABLE\n", err: "" });
});

test("open prints the link and nothing else, and without one says why", async () => {
  const connectors = [
    { status: "PREPARING" },
    { status: "AVAILABLE", location: "https://hub.example.org/lab?token=x" },
  ];
  answers[`GET /sessions/${id}`] = [200, session("AVAILABLE", { connectors })];
  expect(await meridian(["open", id])).toEqual({ code: 0, out: "https://hub.example.org/lab?token=x\n", err: "" });
  answers[`GET /sessions/${id}`] = [200, session("ACCEPTED")];
  expect(await meridian(["open", id])).toMatchObject({ code: 1, out: "", err: expect.stringContaining("ACCEPTED") });
});

test("a browser is opened where somebody can see it", () => {
  expect(openerHere("darwin", {})).toBe("open");
  expect(openerHere("linux", { DISPLAY: ":0" })).toBe("xdg-open");
  expect(() => openerHere("linux", {})).toThrow("There is no screen here.");
});

test("what is no link of the web is not opened: no program is started", async () => {
  const started = path.join(folder, "started");
  const program = path.join(folder, "opener");
  writeFileSync(program, `#!/bin/sh\necho "$1" >> "${started}"\n`, { mode: 0o755 });
  await expect(openWith(program, "file:///etc/passwd")).rejects.toThrow("it is not opened");
  await openWith(program, "https://hub.example.org/lab");
  const lines = () => (existsSync(started) ? readFileSync(started, "utf8") : "");
  await until("the other one was started", async () => lines().includes("https:"), { withinMs: 20_000 });
  expect(lines()).toBe("https://hub.example.org/lab\n");
});

test.each([
  [["accept"], "UUID is missing"],
  [["accept", "mine"], "is no uuid"],
  [["accept", id, id], "There is one UUID only"],
  [["request", "nowhere.yaml"], "nowhere.yaml cannot be read"],
  [["sessions", "--phase", "asleep"], "is no phase"],
  [["sessions", "--limit", "0"], "1 to 1000"],
  [["watch", id, "--until", "tea"], "is no phase"],
])("%j is asked wrongly: nothing is sent, and it exits 2", async (args, words) => {
  const said = await meridian(args);
  expect(said).toMatchObject({ code: 2, out: "", err: expect.stringContaining(words) });
  expect(asked).toEqual([]);
});

test("the exit code tells what is wrong with the other side", async () => {
  answers[`GET /sessions/${id}`] = [401, { detail: "The token is over." }];
  expect(await meridian(["sessions", id])).toMatchObject({ code: 4, err: expect.stringContaining("not signed in") });
  expect(await meridian(["sessions", id], { MERIDIAN_TOKEN: "" })).toMatchObject({ code: 4, out: "" });
  answers[`GET /sessions/${id}`] = [503, {}, { "retry-after": "5" }];
  expect(await meridian(["sessions", id])).toMatchObject({ code: 3, err: expect.stringContaining("again in 5 s") });
  const nobody = `http://127.0.0.1:${await freePort()}`;
  expect(await meridian(["sessions", id], { MERIDIAN_URL: nobody })).toMatchObject({
    code: 3,
    err: expect.stringContaining("cannot be reached"),
  });
  expect(await meridian(["sessions", id], { MERIDIAN_URL: "meridian" })).toMatchObject({ code: 2 });
  answers["POST /requests"] = [400, { detail: "It is no YAML.", path: "/compute" }];
  expect(await meridian(["request", file])).toMatchObject({ code: 2, err: "It is no YAML.\n  at /compute\n" });
});

test("every command teaches with an example", async () => {
  for (const name of ["request", "offers", "accept", "direct", "sessions", "watch", "open", "cancel"]) {
    const { code, out } = await meridian([name, "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/Example.*\n?[\s\S]*npm run -s meridian -- /);
    expect(out).toContain("Exits 0");
  }
  expect(asked).toEqual([]);
});
