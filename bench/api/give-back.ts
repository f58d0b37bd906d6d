import { Client } from "pg";
import { database } from "#lib/db/client.ts";
import { inBulk } from "../booking/bulk.ts";
import { forgetSets } from "../booking/history.ts";

/** Keeps what the ledger says of the window and what follows it, so that {@link giveBack} can say it again. */
export async function rememberLedger(): Promise<void> {
  await database().pool.query(
    "CREATE TABLE remembered_ledger AS SELECT * FROM ledger WHERE slot > now() - interval '1 hour'",
  );
}

/** Deletes the offer sets made since `since` and what they took, so that every turn begins with the same. */
export async function giveBack(url: string, since: Date): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>("SELECT id FROM offer_sets WHERE created_at >= $1", [since]);
    await forgetSets(
      url,
      rows.map(({ id }) => id),
    );
    await inBulk(client, async () => {
      await client.query("DELETE FROM ledger WHERE slot >= (SELECT min(slot) FROM remembered_ledger)");
      await client.query("INSERT INTO ledger SELECT * FROM remembered_ledger");
    });
    await client.query("VACUUM sessions, offer_sets, ledger, audit_events");
  } finally {
    await client.end();
  }
}
