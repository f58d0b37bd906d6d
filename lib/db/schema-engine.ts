import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationDirectory, MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Client } from "pg";

/** Where the engine leaves its last words when it panics. */
const panics = globalThis as typeof globalThis & {
  PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void };
};
panics.PRISMA_WASM_PANIC_REGISTRY ??= {
  set_message(message) {
    console.error(`Prisma's schema engine: ${message}`);
  },
};

/** Prisma's own schema engine, as WebAssembly: it needs no download and speaks through the same driver as we do. */
async function load(): Promise<typeof engine> {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
  const module = await WebAssembly.compile(await readFile(path.join(folder, "schema_engine_bg.wasm")));
  const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": engine as never });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return engine;
}

/** One instance a process, also where this module is loaded twice: the engine's glue code has one place for it. */
const kept = globalThis as typeof globalThis & { meridianSchemaEngine?: Promise<typeof engine> };

const noFilter = { externalTables: [], externalEnums: [] };

/** The driver's own `executeScript` cuts at every semicolon, so a function's body would not survive: send it whole. */
class WholeScripts extends PrismaPg {
  /** What PostgreSQL said of the last script: the engine would only pass on that there was an error. */
  trouble: unknown;
  #close: (() => Promise<void>)[] = [];

  /** Ends the connections: the engine leaves them open, and with them its lock on the migrations. */
  async close(): Promise<void> {
    await Promise.all(this.#close.map((close) => close()));
  }

  override async connect() {
    const adapter = await super.connect();
    this.#close.push(() => adapter.dispose());
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        this.trouble = error;
        throw error;
      }
    };
    return adapter;
  }
}

/** Calls `use` with an engine that is connected to `url`, and closes it. */
async function withEngine<T>(url: string, schema: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  kept.meridianSchemaEngine ??= load();
  const { SchemaEngine } = await kept.meridianSchemaEngine;
  const scripts = new WholeScripts({ connectionString: url });
  const adapter = bindMigrationAwareSqlAdapterFactory(scripts);
  const debug = () => undefined;
  const instance = await SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, debug, adapter);
  try {
    return await use(instance);
  } catch (error) {
    throw scripts.trouble ?? error;
  } finally {
    instance.free();
    await scripts.close();
  }
}

const readSchema = (root: string) => readFile(path.join(root, "schema.prisma"), "utf8");

async function readMigrations(root: string): Promise<MigrationList> {
  const baseDir = path.join(root, "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories: MigrationDirectory[] = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(path.join(baseDir, name, "migration.sql"), "utf8") },
      },
    })),
  );
  const lockfile = await readFile(path.join(baseDir, "migration_lock.toml"), "utf8");
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: lockfile },
    migrationDirectories,
    shadowDbInitScript: "",
  };
}

/**
 * Applies every migration of `<root>/migrations` that the database at `url` does not have, in the order of their names,
 * and records them in `_prisma_migrations` as `prisma migrate deploy` would. Returns the names just applied.
 *
 * Throws when a migration fails, or when one that was applied has changed since.
 */
export async function applyMigrations(url: string, root: string): Promise<string[]> {
  const migrationsList = await readMigrations(root);
  const interrupted = await interruptedMigrations(url);
  return withEngine(url, await readSchema(root), async (engine) => {
    for (const migrationName of interrupted) await engine.markMigrationRolledBack({ migrationName });
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilter });
    return appliedMigrationNames;
  });
}

/** The SQL that makes `<root>/schema.prisma` in an empty database: what a test compares the migrations with. */
export async function schemaAsSql(url: string, root: string): Promise<string> {
  const schema = await readSchema(root);
  return withEngine(url, schema, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: null,
      filters: noFilter,
    });
    return stdout ?? "";
  });
}

/**
 * The migrations that were begun and not finished, as after a `kill -9`. A script is sent whole, so PostgreSQL ran it in
 * one transaction and nothing of it is left: it may be applied again.
 */
async function interruptedMigrations(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: known } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known");
    if (!known[0].known) return [];
    const { rows } = await client.query(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL",
    );
    return rows.map((row) => row.migration_name);
  } finally {
    await client.end();
  }
}
