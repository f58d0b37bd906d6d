import type { Millis } from "#lib/booking/slot.ts";
import { readWindows, type StoredWindow } from "#lib/db/capacity.ts";

/** The window of every platform that a user may book on, or of the one of that name. */
export async function readSlots({
  userId,
  platform,
  now,
}: {
  userId: string;
  platform: string | null;
  now: Millis;
}): Promise<StoredWindow[]> {
  const windows = await readWindows(userId, now);
  return windows.filter((one) => platform === null || one.platform.name === platform);
}
