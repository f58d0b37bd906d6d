import { bookingWindow, type Millis } from "#lib/booking/slot.ts";
import { type AccountUse, accountsOf } from "#lib/db/limits.ts";
import { allPlatforms, type StoredPlatform } from "#lib/db/platforms.ts";
import type { Readiness } from "#lib/launch/launcher.ts";
import { platformReadiness } from "./platform-readiness.ts";

/** Every platform, whether it can run anything, and every account of it with its limits, what is used of it in the window, and what is closed: what an administrator sees. */
export async function readAccounts({
  now,
}: {
  now: Millis;
}): Promise<{ platform: StoredPlatform; readiness: Readiness; accounts: AccountUse[] }[]> {
  return Promise.all(
    (await allPlatforms()).map(async (platform) => {
      const { start, end } = bookingWindow(platform, now);
      const [readiness, accounts] = await Promise.all([
        platformReadiness(platform, now),
        accountsOf(platform.id, start, end),
      ]);
      return { platform, readiness, accounts };
    }),
  );
}
