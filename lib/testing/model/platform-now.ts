import { findPlatform, type StoredPlatform } from "#lib/db/platforms.ts";
import type { Real } from "./model.ts";

/** The platform as it is stored at this moment: its limits may have changed. */
export async function platformNow({ universe }: Real): Promise<StoredPlatform> {
  const platform = await findPlatform(universe.platform.name);
  if (!platform) throw new Error("the platform is gone");
  return platform;
}
