import type { Millis } from "#lib/booking/slot.ts";
import {
  brokenHistories,
  brokenSeals,
  brokenSpans,
  census,
  differentLedger,
  type Finding,
  overcommitted,
  overdue,
  repairLedger,
} from "#lib/db/integrity.ts";
import { allPlatforms } from "#lib/db/platforms.ts";
import { knownNames, unfinishedSessions } from "#lib/db/sessions.ts";
import { expireOffers } from "./expire-offers.ts";
import { launcherOf } from "./launcher-of.ts";
import { releaseOrphans } from "./release-orphans.ts";

export type { Finding };

/** What was found; with `repair`, what of it was put right, in sentences. */
export interface Verification {
  readonly findings: readonly Finding[];
  readonly repaired: readonly string[];
  readonly census: Awaited<ReturnType<typeof census>>;
}

/** A worker that is there needs no longer for anything. */
const GRACE_MS = 60_000;

/**
 * Recomputes the ledger from the sessions and checks limits, the seals of the audit, the phases, the spans, what is overdue,
 * and what runs on the platforms without a session that wants it. With `repair` puts right what is safe: the ledger is made to
 * say what the sessions say, overdue offers expire, orphans are removed; what is left is found again. Never touches the audit.
 */
export async function verify({
  repair = false,
  platforms = true,
  who = "meridian",
  now,
  signal,
}: {
  repair?: boolean;
  /** Whether the platforms are asked what runs there. */
  platforms?: boolean;
  who?: string;
  now: Millis;
  signal: AbortSignal;
}): Promise<Verification> {
  const before = await find(platforms, now, signal);
  if (!repair || before.length === 0) return { findings: before, repaired: [], census: await census() };
  const repaired: string[] = [];
  let expired = 0;
  for (let more = await expireOffers({ now }); more > 0; more = await expireOffers({ now })) expired += more;
  if (expired > 0) repaired.push(`${expired} overdue offers have expired.`);
  const rows = await repairLedger(who, now);
  if (rows > 0) repaired.push(`${rows} rows of the ledger were put right.`);
  for (const platform of platforms ? await allPlatforms() : []) {
    const removed = await releaseOrphans({ platform, signal });
    if (removed.length > 0) repaired.push(`Removed from ${platform.name}: ${removed.join(", ")}.`);
  }
  return { findings: await find(platforms, now, signal), repaired, census: await census() };
}

async function find(platforms: boolean, now: Millis, signal: AbortSignal): Promise<Finding[]> {
  const all = [differentLedger, overcommitted, brokenSeals, brokenHistories, brokenSpans, () => overdue(now, GRACE_MS)];
  const found: Finding[] = [];
  for (const check of all) found.push(...(await check()));
  if (platforms) found.push(...(await orphans(signal)));
  return found;
}

/** What runs on a platform and no session wants. A platform that cannot be asked is a finding too. */
async function orphans(signal: AbortSignal): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const platform of await allPlatforms()) {
    try {
      const launcher = launcherOf(platform);
      const running = await launcher.list(signal);
      const known = launcher.isShared ? await knownNames(running.map((one) => one.key)) : null;
      const wanted = new Set((await unfinishedSessions()).map((session) => session.name));
      for (const { key } of running) {
        if (wanted.has(key) || known?.has(key) === false) continue;
        const sentence = `It runs on ${platform.name}, and no session wants it.`;
        found.push({ check: "orphans", subject: key, sentence });
      }
    } catch (error) {
      const sentence = `It could not be asked what runs there: ${error instanceof Error ? error.message : error}`;
      found.push({ check: "orphans", subject: platform.name, sentence });
    }
  }
  return found;
}
