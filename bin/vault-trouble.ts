import { Client } from "pg";
import { keyIdsOf, VaultError } from "#lib/credentials/vault.ts";
import { Trouble } from "./trouble.ts";

/**
 * Looks at the vault's ring before anything starts. Throws Trouble when it is none. Returns what is to be said when something is
 * sealed with a key that is not in it: its owners then have to sign in again, unless the key is put back.
 */
export async function vaultTrouble(ring: string, url: string): Promise<string | null> {
  const ids = idsOf(ring);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ key: string; count: number }>(
      "SELECT key_id AS key, count(*)::int FROM credentials WHERE key_id <> ALL ($1) GROUP BY 1",
      [ids],
    );
    if (rows.length === 0) return null;
    const missing = rows.map(({ key, count }) => `${key} (${count})`).join(", ");
    return `The vault's keys ${missing} are not here: what is sealed with them cannot be opened, and its owners have to sign in again.`;
  } finally {
    await client.end();
  }
}

function idsOf(ring: string): string[] {
  try {
    return keyIdsOf(ring);
  } catch (error) {
    if (error instanceof VaultError)
      throw new Trouble(`${error.message} See MERIDIAN_VAULT_KEY, or vault.key in MERIDIAN_DATA.`);
    throw error;
  }
}
