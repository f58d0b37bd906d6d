import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { keyIdsOf, makeVault } from "#lib/credentials/vault.ts";
import { prepareDatabase } from "#lib/db/prepare.ts";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";
import type { RunningServer } from "#lib/db/server/running-server.ts";
import { readEnvironment } from "#lib/env.ts";
import { seed } from "../prisma/seed.ts";
import { keptKey } from "./keys.ts";
import { vaultTrouble } from "./vault-trouble.ts";

/** The command line as people call it, on a Meridian that does not run. */
let data = "";

const server = (): Promise<RunningServer> =>
  startEmbeddedServer({ folder: path.join(data, "postgres"), say: () => undefined });

beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), "meridian-command-"));
  const { url, stop } = await server();
  await prepareDatabase({ url, say: () => undefined });
  await seed({ url, env: readEnvironment({ MERIDIAN_DATA: data }), say: () => undefined });
  await stop();
});
afterAll(async () => {
  await (await server()).discard();
  await rm(data, { recursive: true, force: true });
});

function meridian(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const command = [
    "--conditions=react-server",
    "--import",
    "tsx",
    path.join(import.meta.dirname, "meridian.ts"),
    ...args,
  ];
  const child = spawn(process.execPath, command, { env: { ...process.env, MERIDIAN_DATA: data, DATABASE_URL: "" } });
  const said = { out: "", err: "" };
  child.stdout.on("data", (bytes) => {
    said.out += bytes;
  });
  child.stderr.on("data", (bytes) => {
    said.err += bytes;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
}

async function inDatabase(sql: string): Promise<void> {
  const { url, stop } = await server();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
  await stop();
}

test("verify says that all is well, finds a difference and exits 1, and repairs it", async () => {
  const well = await meridian("verify");
  expect(well).toMatchObject({ code: 0, err: "" });
  expect(well.out).toContain("All is as it should be.");

  await inDatabase(
    "INSERT INTO ledger (account_id, slot, used_cores, limit_cores, limit_memory_gib, limit_gpus) SELECT id, '2030-01-01 00:00Z', 1, 2, 2, 2 FROM accounts WHERE kind = 'platform'",
  );
  const found = await meridian("verify", "--json");
  expect(found.code).toBe(1);
  expect(
    found.out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { check: "ledger", sentence: "The ledger says 1 cores, 0 GiB, 0 GPUs; the sessions say 0, 0, 0." },
    { repaired: [] },
    { census: { sessions: 0 } },
  ]);
  expect(await meridian("verify", "--repair")).toMatchObject({ code: 0 });
  expect((await meridian("verify")).code).toBe(0);
});

test("slots changes how a platform cuts time, and refuses what cannot be", async () => {
  const changed = await meridian("slots", "--platform", "local", "--slot-minutes", "30", "--window-hours", "48");
  expect(changed).toMatchObject({ code: 0, out: "local has slots of 30 minutes, and one can book 48 hours ahead.\n" });
  const refused = await meridian("slots", "--platform", "local", "--slot-minutes", "7");
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.err).toContain("divides a day");
  expect((await meridian("slots", "--platform", "nowhere", "--slot-minutes", "30")).err).toContain(
    "There is no platform",
  );
});

test("vault --rotate seals everything anew with a new key, and --forget takes the old one away", async () => {
  const key = () => keptKey(data, "vault.key");
  const old = key();
  const id = "00000000-0000-4000-8000-000000000001";
  const userId = "00000000-0000-4000-8000-00000000000a";
  const secret = JSON.stringify({ kind: "token", token: "a-token" });
  const { sealed, keyId } = makeVault(old).seal(secret, { userId, credentialId: id });
  await inDatabase(
    `INSERT INTO users (id, name, display_name) VALUES ('${userId}', 'rotating', 'x');
     INSERT INTO credentials (id, user_id, provider, kind, sealed, key_id, proven_at)
     VALUES ('${id}', '${userId}', 'sky', 'token', '\\x${sealed.toString("hex")}', '${keyId}', now())`,
  );
  expect(await meridian("vault")).toMatchObject({ code: 0, out: `key ${keyId}: seals, 1 sealed with it\n` });
  const rotated = await meridian("vault", "--rotate", "--json");
  expect(rotated.code).toBe(0);
  const [fresh, before] = JSON.parse(rotated.out).keys;
  expect([fresh, before]).toMatchObject([
    { seals: true, sealed: 1 },
    { id: keyId, seals: false, sealed: 0 },
  ]);
  expect((await meridian("vault", "--forget")).out).toBe(`key ${fresh.id}: seals, 1 sealed with it\n`);
  expect(keyIdsOf(key())).toEqual([fresh.id]);
  expect(statSync(path.join(data, "vault.key")).mode & 0o777).toBe(0o600);
  await inDatabase(`UPDATE credentials SET key_id = 'lost' WHERE id = '${id}'`);
  expect(await meridian("vault")).toMatchObject({ code: 1, out: expect.stringContaining("key lost is not here") });
  await inDatabase(`DELETE FROM credentials WHERE id = '${id}'`);
}, 120_000);

test("token makes one and prints nothing else, lists it without its secret, and takes it back", async () => {
  const made = await meridian("token", "--user", "alice");
  expect(made).toMatchObject({ code: 0, err: "", out: expect.stringMatching(/^mrd_[\w-]{49}\n$/) });
  const full = await meridian(
    "token",
    "--user",
    "admin",
    "--name",
    "up\u0007",
    "--scopes",
    "read, admin",
    "--days",
    "7",
    "--json",
  );
  const { id, secret, expiresAt } = JSON.parse(full.out);
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(6.99 * 86_400_000);

  const listed = await meridian("token", "--user", "admin", "--list");
  expect(listed.out).toContain(
    `${id}  …${secret.slice(-4)}  read,admin  until ${expiresAt}  last used never  up\uFFFD`,
  );
  const asJson = (await meridian("token", "--user", "alice", "--list", "--json")).out;
  expect(JSON.parse(asJson)).toMatchObject({
    hint: made.out.trim().slice(-4),
    scopes: ["read", "book"],
    lastUsedAt: null,
  });
  expect(asJson).not.toContain(made.out.trim());

  const withdraw = () => meridian("token", "--user", "admin", "--withdraw", id);
  expect(await withdraw()).toMatchObject({ code: 0, out: `The token ${id} of admin is withdrawn.\n` });
  expect(await withdraw()).toMatchObject({ code: 2, out: "", err: expect.stringContaining("withdrawn already") });
});

test.each([
  [["--user", "nobody"], "There is nobody"],
  [["--user", "alice", "--scopes", "admin"], "Only administrators"],
  [["--user", "alice", "--days", "soon"], "1 to 365"],
  [["--user", "alice", "--list", "--days", "7"], "are for a new token"],
])("token %j is refused with a sentence, and nothing is printed", async (asked, words) => {
  const answer = await meridian("token", ...asked);
  expect(answer).toMatchObject({ code: 2, out: "", err: expect.stringContaining(words) });
});

test("at the start a ring that is none is refused, and a key that is missing is told", async () => {
  const { url, stop } = await server();
  onTestFinished(() => stop());
  const ring = keptKey(data, "vault.key");
  expect(await vaultTrouble(ring, url)).toBeNull();
  await expect(vaultTrouble("short", url)).rejects.toThrow("must be 32 bytes in base64");
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO users (id, name, display_name) VALUES ('00000000-0000-4000-8000-00000000000b', 'locked', 'x');
     INSERT INTO credentials (id, user_id, provider, kind, sealed, key_id, proven_at)
     VALUES (gen_random_uuid(), '00000000-0000-4000-8000-00000000000b', 'sky', 'token', '', 'gone', now())`,
  );
  expect(await vaultTrouble(ring, url)).toContain("gone (1) are not here");
  await client.query("DELETE FROM credentials WHERE key_id = 'gone'");
  await client.end();
});

test("what it does not know it says, with the help, and exits 2", async () => {
  expect(await meridian("fly")).toMatchObject({ code: 2, err: expect.stringContaining("There is no command “fly”") });
  expect(await meridian("verify", "--fly")).toMatchObject({ code: 2, err: expect.stringContaining("--repair") });
  expect(await meridian("verify", "--help")).toMatchObject({ code: 0, out: expect.stringContaining("--repair") });
});

test("a database that is older than the program is left alone, and that is said", async () => {
  await inDatabase(
    "CREATE TABLE kept AS SELECT * FROM _prisma_migrations; DELETE FROM _prisma_migrations WHERE migration_name LIKE '%statements'",
  );
  const old = await meridian("verify");
  expect(old).toMatchObject({ code: 2, out: "", err: expect.stringContaining("npm start brings it up to date") });
  await inDatabase(
    "DELETE FROM _prisma_migrations; INSERT INTO _prisma_migrations SELECT * FROM kept; DROP TABLE kept",
  );
});
