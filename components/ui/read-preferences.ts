import { cookies } from "next/headers";
import { isZone } from "#lib/client/zoned-time.ts";
import { homeCookie, inUtcCookie, type Preferences, themeCookie } from "./preferences.ts";

/** Reads the preferences that came with the request; anything may stand in a cookie, so only what is known counts. */
export async function readPreferences(): Promise<Preferences> {
  const jar = await cookies();
  const theme = jar.get(themeCookie)?.value;
  const home = jar.get(homeCookie)?.value;
  return {
    theme: theme === "light" || theme === "dark" ? theme : null,
    home: home && isZone(home) ? home : null,
    inUtc: jar.get(inUtcCookie)?.value === "1",
  };
}
