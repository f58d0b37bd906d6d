import { readEnvironment } from "#lib/env.ts";
import { isLoopback } from "#lib/is-loopback.ts";

/** The people one can sign in as on a machine of one's own. */
export const demoPeople = [
  { name: "alice", displayName: "Alice Moreau", role: "scientist" },
  { name: "bob", displayName: "Bob Tremblay", role: "scientist" },
  { name: "admin", displayName: "Ada Minister", role: "administrator" },
] as const;

export type DemoSignIn =
  | { readonly allowed: true; readonly names: readonly string[] }
  | { readonly allowed: false; readonly why: string };

/**
 * Decides whether demo people may sign in: on loopback only, unless `MERIDIAN_DEMO=force`; never with `off`.
 */
export function decideDemo({ host, demo }: { host: string; demo: "auto" | "off" | "force" }): DemoSignIn {
  const names = demoPeople.map((person) => person.name);
  if (demo === "off") return { allowed: false, why: "Demo sign-in is switched off (MERIDIAN_DEMO=off)." };
  if (demo === "force" || isLoopback(host)) return { allowed: true, names };
  const why = `Demo sign-in is off because Meridian listens on ${host}, which other machines may reach. MERIDIAN_DEMO=force allows it all the same.`;
  return { allowed: false, why };
}

/** {@link decideDemo} for this process. */
export function demoSignIn(): DemoSignIn {
  const { HOST, MERIDIAN_DEMO } = readEnvironment();
  return decideDemo({ host: HOST, demo: MERIDIAN_DEMO });
}
