import { database } from "#lib/db/client.ts";

/** Whether the database answers. */
export async function isDatabaseUp(): Promise<boolean> {
  try {
    await database().pool.query("SELECT 1");
    return true;
  } catch (error) {
    console.error(`the database does not answer: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}
