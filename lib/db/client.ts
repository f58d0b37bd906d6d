import { PrismaPg } from "@prisma/adapter-pg";
import { type ClientBase, Pool, type PoolClient } from "pg";
import { readEnvironment } from "#lib/env.ts";
import { PrismaClient } from "./generated/client.ts";

/** The two ways to the one database: Prisma for nouns, the pool for the ledger's statements. They share connections. */
export interface Database {
  readonly url: string;
  readonly pool: Pool;
  readonly prisma: PrismaClient;
}

/** Next reloads modules in development; the connections outlive that. */
const kept = globalThis as typeof globalThis & { meridianDatabase?: Database | undefined };

/** The database of `DATABASE_URL`, opened at the first call. Throws when the variable is not set. */
export function database(): Database {
  if (kept.meridianDatabase) return kept.meridianDatabase;
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: npm start and npm run dev set it.");
  const pool = new Pool({
    connectionString: url,
    max: readEnvironment().MERIDIAN_DATABASE_CONNECTIONS,
    application_name: "meridian",
    onConnect: planOnce,
  });
  // A connection that breaks while idle is replaced at the next query, which then says what is wrong.
  // When we are closing, it may have been closed from the other side first.
  pool.on("error", (error) => {
    if (kept.meridianDatabase?.pool === pool) console.error(`database connection lost: ${error.message}`);
  });
  kept.meridianDatabase = { url, pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  return kept.meridianDatabase;
}

/**
 * Every statement of ours finds its rows by keys, so one plan serves all values. Left to itself, PostgreSQL plans some of them
 * anew at each call (availability of the window with a million sessions stored took twice as long).
 */
async function planOnce(client: ClientBase): Promise<void> {
  await client.query("SET plan_cache_mode = force_generic_plan");
}

/** Ends all connections; the next {@link database} opens new ones. */
export async function closeDatabase(): Promise<void> {
  const open = kept.meridianDatabase;
  kept.meridianDatabase = undefined;
  if (!open) return;
  await open.prisma.$disconnect();
  await open.pool.end();
}

/** Runs `work` in one transaction. Not for bookings: those are one statement. */
export async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    // A broken connection cannot roll back; the server does it by itself.
    await client.query("ROLLBACK").catch(() => undefined);
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}
