import { endSession } from "#lib/launch/local/release-session.ts";
import { livingKeys } from "#lib/launch/local/running-server.ts";
import { placeOf, sessionFolder } from "#lib/launch/local/session-folder.ts";

/**
 * Ends every session of the data folder; used when all of Meridian is stopped (Ctrl-C). With `pause` they are seen as
 * gone but paused, and a later launch with the same key starts them again. Returns how many there were.
 */
export async function stopAllLocal({
  data,
  pause,
  graceMs = 5_000,
  signal = new AbortController().signal,
}: {
  data: string;
  pause: boolean;
  graceMs?: number;
  signal?: AbortSignal;
}): Promise<number> {
  const place = placeOf(data);
  const keys = await livingKeys(place);
  await Promise.all(keys.map((key) => endSession(sessionFolder(place, key), { graceMs, signal }, pause)));
  return keys.length;
}
