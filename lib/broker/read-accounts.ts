import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { type AccountUse, accountsOf } from "#lib/db/limits.ts";
import { allPlatforms, type StoredPlatform } from "#lib/db/platforms.ts";

/** Every account of every platform with its limits, what is used of it in the window, and what is closed: what an administrator sees. */
export async function readAccounts({
  now,
}: {
  now: Millis;
}): Promise<{ platform: StoredPlatform; accounts: AccountUse[] }[]> {
  return Promise.all(
    (await allPlatforms()).map(async (platform) => {
      const { start, end } = bookingWindow(platform, now);
      return { platform, accounts: await accountsOf(platform.id, start, end) };
    }),
  );
}
