import { readdirSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { expect, inject, test } from "vitest";
import { phaseMoves, phases } from "#lib/booking/phase.ts";
import { aRequest, makeUniverse, NOW } from "#lib/testing/universe.ts";
import { requestOffers } from "../broker/request-offers.ts";
import { database } from "./client.ts";
import { prepareDatabase, prismaFolder } from "./prepare.ts";
import { schemaAsSql } from "./schema-engine.ts";

const all = readdirSync(path.join(prismaFolder, "migrations"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

/** A database of this test's own on the same server. */
async function newDatabase(name: string): Promise<string> {
  await database().pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await database().pool.query(`CREATE DATABASE ${name}`);
  const url = new URL(inject("databaseUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const columns = `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE')
    AND table_name <> '_prisma_migrations' ORDER BY 1, 2`;
const keys = `SELECT conrelid::regclass::text AS on, pg_get_constraintdef(oid) AS says FROM pg_constraint
  WHERE contype IN ('p', 'f') AND connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations' ORDER BY 1, 2`;

test("the migrations and Prisma's schema describe the same tables and keys", async () => {
  const migrated = await newDatabase("meridian_migrated");
  await prepareDatabase({ url: migrated, say: () => undefined });
  const described = await newDatabase("meridian_described");
  await query(described, await schemaAsSql(described, prismaFolder));
  expect(await query(migrated, columns)).toEqual(await query(described, columns));
  expect(await query(migrated, keys)).toEqual(await query(described, keys));
});

test("preparing a database again changes nothing, and two at once take turns", async () => {
  const url = await newDatabase("meridian_twice");
  const said: string[] = [];
  await Promise.all([1, 2].map(() => prepareDatabase({ url, say: (line) => said.push(line) })));
  await prepareDatabase({ url, say: (line) => said.push(line) });
  expect(said).toEqual(all.map((name) => `applied ${name}`));
});

test("a migration that was cut off by a crash is applied at the next start", async () => {
  const url = await newDatabase("meridian_crashed");
  await prepareDatabase({ url, say: () => undefined });
  await query(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  await query(
    url,
    `CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
       migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
       applied_steps_count integer NOT NULL DEFAULT 0);
     INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', '20261124000000_first_light')`,
  );
  const said: string[] = [];
  await prepareDatabase({ url, say: (line) => said.push(line) });
  expect(said).toEqual(all.map((name) => `applied ${name}`));
});

test("a migration that PostgreSQL refuses says why", async () => {
  const url = await newDatabase("meridian_refused");
  await query(url, "CREATE FUNCTION record_phase() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  await expect(prepareDatabase({ url, say: () => undefined })).rejects.toThrow(
    'function "record_phase" already exists',
  );
});

test("somebody else's database is left alone", async () => {
  const url = await newDatabase("meridian_foreign");
  await query(url, "CREATE TABLE observations (x int)");
  await expect(prepareDatabase({ url, say: () => undefined })).rejects.toThrow("The database schema is not empty");
});

test("the database's table of phases is the one of the rules", async () => {
  const rows = await database().prisma.phaseMove.findMany();
  expect(rows.map((row) => `${row.before} ${row.after}`).sort()).toEqual(
    phaseMoves.map((move) => move.join(" ")).sort(),
  );
});

test("no statement can move a session against the table of phases, and every move is in the audit", async () => {
  const universe = await makeUniverse();
  const { platform, projectId, people } = universe;
  const user = people[0] ?? { id: "", name: "" };
  await requestOffers({ request: aRequest(), platform, projectId, user, now: NOW });
  const session = await database().prisma.session.findFirstOrThrow({ where: { platformId: platform.id } });
  const update = (phase: string) =>
    database().pool.query("UPDATE sessions SET phase = $2, moved_by = 'test' WHERE id = $1", [session.id, phase]);
  for (const phase of phases.filter(
    (to) => !["OFFERED", "ACCEPTED", "REJECTED", "EXPIRED", "CANCELLED", "FAILED"].includes(to),
  )) {
    await expect(update(phase)).rejects.toThrow(`cannot move from OFFERED to ${phase}`);
  }
  await update("REJECTED");
  const events = await database().prisma.auditEvent.findMany({
    where: { subjectId: session.id },
    orderBy: { id: "asc" },
  });
  expect(events.map((event) => [event.actor, event.after])).toEqual([
    [user.name, { phase: "OFFERED" }],
    ["test", { phase: "REJECTED" }],
  ]);
});

test("an audit event can neither be changed nor removed", async () => {
  for (const sql of ["UPDATE audit_events SET why = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"]) {
    await expect(database().pool.query(sql)).rejects.toThrow("append-only");
  }
});
