import { cookies } from "next/headers";

const COOKIE = "meridian-platform";
const YEAR_SECONDS = 366 * 86_400;

/** The name of the platform that this browser books on; undefined: the first one. It may be gone by now. */
export async function chosenPlatform(): Promise<string | undefined> {
  return (await cookies()).get(COOKIE)?.value;
}

/** From now on this browser books there. Only in an action. */
export async function keepPlatform(name: string): Promise<void> {
  (await cookies()).set(COOKIE, name, { sameSite: "lax", httpOnly: true, path: "/", maxAge: YEAR_SECONDS });
}
