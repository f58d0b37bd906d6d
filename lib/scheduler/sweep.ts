import type { Millis } from "#lib/booking/slot.ts";
import { bookOccurrences } from "#lib/broker/book-occurrences.ts";
import { expireOffers } from "#lib/broker/expire-offers.ts";
import { keepAudit } from "#lib/broker/keep-audit.ts";
import { learnLeads } from "#lib/broker/learn-leads.ts";
import { forgetOldAnswers } from "#lib/broker/once.ts";
import { proveCredentials } from "#lib/broker/prove-credentials.ts";
import { refreshChoices } from "#lib/broker/refresh-choices.ts";
import { releaseOrphans } from "#lib/broker/release-orphans.ts";
import { resumeSessions } from "#lib/broker/resume-sessions.ts";
import { serveWaitlists } from "#lib/broker/serve-waitlist.ts";
import { tellReadiness } from "#lib/broker/tell-readiness.ts";
import { tidyCredentials } from "#lib/broker/tidy-credentials.ts";
import { allPlatforms, type StoredPlatform } from "#lib/db/platforms.ts";
import { makeBeside } from "./beside.ts";
import { decide } from "./decide.ts";

/** A platform elsewhere is asked for everybody's sessions no more often than this: that is slow, for us and for it. */
const ORPHANS_EVERY_MS = 60_000;

/** What was delegated is looked through for what can go no more often than this. */
const TIDY_EVERY_MS = 60_000;

const noAnswer = () => undefined;

/** What platforms elsewhere are asked; nothing waits for their answers. */
const beside = makeBeside((what, error) => console.error(`${what} failed and is tried again soon:`, error));

/**
 * What its time has come for, many times a second: offers expire, bookings are launched and released, and what that frees is
 * offered to those who wait. The rows themselves are the schedule.
 */
export async function tick({ now }: { now: Millis }): Promise<void> {
  await expireOffers({ now });
  await resumeSessions({ decide, tasks: ["launch", "release"], now });
  await serveWaitlists({ now });
}

/** Makes good what a crash left undone, now and then: bookings without a job, sessions on a platform that nobody wants. */
export async function sweep({ now, signal }: { now: Millis; signal: AbortSignal }): Promise<void> {
  await tick({ now });
  await bookOccurrences({ now });
  await learnLeads({ now });
  await resumeSessions({ decide, now });
  await keepAudit({ now });
  for (const platform of await allPlatforms()) {
    if (platform.provider === null) await removeOrphans(platform, signal);
    else sweepElsewhere(platform, now, signal);
  }
  careForCredentials(now, signal);
}

/** A platform elsewhere may answer slowly or not at all: nobody waits for it. */
function sweepElsewhere(platform: StoredPlatform, now: Millis, signal: AbortSignal): void {
  const begin = (what: string, everyMs: number, work: () => Promise<void>) =>
    beside(`${what} ${platform.name}`, { everyMs, now }, unless(signal, work));
  begin("asking whether it is ready:", 0, () => tellReadiness({ platform, now, signal }));
  begin("reading what may be chosen:", 0, () => refreshChoices({ platform, now, signal }));
  begin("looking for orphans:", ORPHANS_EVERY_MS, () => removeOrphans(platform, signal));
}

/** What users delegated: shortly before it is needed it is proven, and after its last use it is deleted. */
function careForCredentials(now: Millis, signal: AbortSignal): void {
  beside(
    "proving what was delegated",
    { everyMs: 0, now },
    unless(signal, () => proveCredentials({ now, signal })),
  );
  beside(
    "deleting what nothing needs",
    { everyMs: TIDY_EVERY_MS, now },
    unless(signal, () => tidyCredentials({ now })),
  );
  beside(
    "forgetting old answers of the API",
    { everyMs: TIDY_EVERY_MS, now },
    unless(signal, () => forgetOldAnswers({ now })),
  );
}

async function removeOrphans(platform: StoredPlatform, signal: AbortSignal): Promise<void> {
  for (const name of await releaseOrphans({ platform, signal })) console.log(`removed ${name}: no session wants it`);
}

/** What ends because the worker stops is no trouble. */
const unless = (signal: AbortSignal, work: () => Promise<unknown>) => () =>
  work().then(noAnswer, (error: unknown) => {
    if (!signal.aborted) throw error;
  });
