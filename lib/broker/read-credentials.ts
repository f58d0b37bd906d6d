import type { Millis } from "#lib/booking/slot.ts";
import { readConfig } from "#lib/config.ts";
import { credentialsOf } from "#lib/db/credentials.ts";
import { needs } from "#lib/db/delegated.ts";
import { identitiesOf } from "#lib/db/identities.ts";
import { allPlatforms, someoneNeedsSignIn } from "#lib/db/platforms.ts";
import { uncoveredSessions } from "#lib/db/sessions.ts";
import { deletedAt } from "./tidy-credentials.ts";

/**
 * What Meridian holds of a user's sign-in with each provider, what for and until when, with nothing of what is sealed (what has
 * expired is told as not good); and which of their sessions cannot begin, or be ended, before they have signed in again.
 */
export async function readCredentials({ userId, now }: { userId: string; now: Millis }) {
  const { providers } = readConfig();
  // Every page asks: where no platform needs a sign-in there is nothing to look for.
  if (providers.length === 0 && !(await someoneNeedsSignIn())) return { credentials: [], missing: [] };
  const [held, needed, identities, platforms, missing] = await Promise.all([
    credentialsOf(userId),
    needs(userId),
    identitiesOf(userId),
    allPlatforms(),
    uncoveredSessions(userId, now),
  ]);
  const credentials = providers.map(({ name, title, kind }) => {
    const credential = held.find((one) => one.provider === name);
    const need = needed.find((one) => one.provider === name);
    const isOver = credential?.expiresAt != null && credential.expiresAt <= now;
    return {
      provider: { name, title, kind },
      knownAs: identities.find((one) => one.provider === name)?.name ?? null,
      platforms: platforms.filter((one) => one.provider === name).map((one) => one.title),
      held: credential
        ? {
            since: credential.createdAt,
            expiresAt: credential.expiresAt,
            provenAt: credential.provenAt,
            deletedAt: need ? deletedAt(need) : null,
            deadWhy: credential.deadWhy ?? (isOver ? "Its time is over." : null),
            withdrawnAt: credential.withdrawnAt,
            coming: need?.coming ?? 0,
            running: need?.running ?? 0,
            awaited: need?.awaited ?? 0,
          }
        : null,
    };
  });
  return {
    credentials,
    missing: missing.map(({ id, provider, ...session }) => {
      const title = providers.find(({ name }) => name === provider)?.title ?? provider;
      return { provider: { name: provider, title }, sessionId: id, ...session };
    }),
  };
}
