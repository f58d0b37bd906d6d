import type { Client } from "pg";

/**
 * Inserts rows in bulk: `values` says how a column is computed from the rows of `from`; every other column is as in the
 * table's first row, which a real step made, so that stored rows stay like real ones when the tables change.
 */
export async function insertLike(
  client: Client,
  table: string,
  { values, from, made = [] }: { values: Readonly<Record<string, string>>; from: string; made?: readonly string[] },
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  const columns = rows.map(({ name }) => name).filter((name) => !made.includes(name));
  const list = columns.map((name) => `"${name}"`).join(", ");
  const each = columns.map((name) => values[name] ?? `model."${name}"`).join(", ");
  await client.query(
    `INSERT INTO ${table} (${list}) SELECT ${each} FROM ${from}, (SELECT * FROM ${table} LIMIT 1) model`,
  );
}

/** Runs `work` on a connection of its own with triggers and foreign keys off: for rows that no step makes one by one. */
export async function inBulk(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query("SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '256MB'");
  await work();
  await client.query("RESET session_replication_role; RESET synchronous_commit; RESET work_mem");
}
