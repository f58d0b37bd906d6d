import { knownNames, unfinishedSessions } from "#lib/db/sessions.ts";
import { launcherOf, type PlatformOfLaunch } from "./launcher-of.ts";

/**
 * Removes what runs on a platform without a session that wants it, as after a crash in the middle of a launch or a
 * database that was put back. Where others run sessions too, only what was once one of ours. Returns the names removed.
 */
export async function releaseOrphans({
  platform,
  signal,
}: {
  platform: PlatformOfLaunch;
  signal: AbortSignal;
}): Promise<string[]> {
  const launcher = launcherOf(platform);
  // The platform first: whatever it lists was launched for a session that the second look then knows.
  const running = await launcher.list(signal);
  if (running.length === 0) return [];
  const wanted = new Set((await unfinishedSessions()).map((session) => session.name));
  const known = launcher.isShared ? await knownNames(running.map((one) => one.key)) : null;
  const orphans = running.filter((one) => !wanted.has(one.key) && (known === null || known.has(one.key)));
  const ended = await Promise.allSettled(orphans.map((orphan) => launcher.release(orphan.handle, signal)));
  const trouble = ended.find((one) => one.status === "rejected");
  if (trouble) console.error("an orphan could not be removed:", trouble.reason);
  return orphans.filter((_, index) => ended[index]?.status === "fulfilled").map((orphan) => orphan.key);
}
