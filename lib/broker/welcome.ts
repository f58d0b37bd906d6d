import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { providerNamed, readConfig } from "#lib/config.ts";
import { keepSecret } from "#lib/credentials/keep-secret.ts";
import type { Secret } from "#lib/credentials/secret.ts";
import { database } from "#lib/db/client.ts";
import { type Identity, knowIdentity, type NewcomersPlace } from "#lib/db/identities.ts";
import { scheduleTask } from "#lib/db/jobs.ts";
import { findPlatform } from "#lib/db/platforms.ts";
import { sessionsThatNeed } from "#lib/db/sessions.ts";
import { findProject } from "#lib/db/users.ts";

/** What a provider gave when somebody signed in with it. */
export interface SignedIn {
  readonly identity: Identity;
  readonly secret: Secret;
  readonly freshUntil: Millis | null;
  readonly expiresAt: Millis | null;
}

/**
 * Somebody signed in with a provider: they are known from now on, have their place wherever newcomers have one, and what they
 * delegated is kept in place of what was held before. What waited for it is done at once: sessions whose time has come begin,
 * and what could not be ended is ended.
 *
 * Refuses with NOT_ALLOWED when they are signed in as somebody else to whom this identity does not belong.
 */
export async function welcome(
  { identity, secret, freshUntil, expiresAt }: SignedIn,
  { signedInAs, now }: { signedInAs: string | null; now: Millis },
): Promise<Result<{ readonly userId: string; readonly name: string }>> {
  const { provider } = identity;
  const known = await knowIdentity(
    identity,
    { signedInAs, places: await placesOf(provider) },
    { who: "meridian", now },
  );
  if (!known.ok) {
    const title = providerNamed(provider)?.title ?? provider;
    const sentence =
      known.why === "belongs to somebody else"
        ? `That account of ${title} belongs to somebody else here. Sign out first, then sign in with it.`
        : `You are known here by another account of ${title}. Sign in with that one.`;
    return no("NOT_ALLOWED", sentence);
  }
  const { userId, name } = known;
  await keepSecret({ userId, provider, secret, freshUntil, expiresAt }, { who: name, now });
  await wake(userId, provider, now);
  return yes({ userId, name });
}

/** Where newcomers of a provider have a place. */
async function placesOf(provider: string): Promise<NewcomersPlace[]> {
  const places: NewcomersPlace[] = [];
  for (const { name, newcomers, provider: one } of readConfig().platforms) {
    if (one !== provider || !newcomers) continue;
    const [platform, project] = await Promise.all([findPlatform(name), findProject(newcomers.project)]);
    if (!platform || !project) continue;
    const { cores, memoryGiB, gpus, openBookings } = newcomers;
    places.push({ platformId: platform.id, projectId: project.id, limit: { cores, memoryGiB, gpus }, openBookings });
  }
  return places;
}

/** What waits for a sign-in: launches that were put off come now; a release comes by itself once it is due. */
async function wake(userId: string, provider: string, now: Millis): Promise<void> {
  for (const { id, task } of await sessionsThatNeed(userId, provider, now)) {
    await scheduleTask(database().pool, task, id, now);
  }
}
