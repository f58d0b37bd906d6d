import type { Millis } from "#lib/booking/slot.ts";
import { type ProviderConfig, readConfig } from "#lib/config.ts";
import { credentialsOf } from "#lib/db/credentials.ts";
import { needs } from "#lib/db/delegated.ts";
import { identitiesOf } from "#lib/db/identities.ts";
import { allPlatforms } from "#lib/db/platforms.ts";
import { uncoveredSessions } from "#lib/db/sessions.ts";
import { deletedAt } from "./tidy-credentials.ts";

/** What Meridian holds of a user's sign-in with a provider, and what for. Nothing of what is sealed. */
export interface HeldCredential {
  readonly provider: { readonly name: string; readonly title: string; readonly kind: ProviderConfig["kind"] };
  /** Who they are there; null: they never signed in with it. */
  readonly knownAs: string | null;
  /** The platforms on which Meridian acts with it. */
  readonly platforms: readonly string[];
  /** Null: nothing is held. */
  readonly held: {
    readonly since: Millis;
    /** Until then it is good; null: as long as the provider renews it. */
    readonly expiresAt: Millis | null;
    readonly provenAt: Millis;
    /** When it will be deleted if nothing more is booked; null while something needs it. */
    readonly deletedAt: Millis | null;
    /** Why it is not good any more; null while it is. */
    readonly deadWhy: string | null;
    readonly withdrawnAt: Millis | null;
    readonly coming: number;
    readonly running: number;
    readonly awaited: number;
  } | null;
}

/** A session that cannot begin, or be ended, before its owner has signed in again. */
export interface MissingSignIn {
  readonly provider: { readonly name: string; readonly title: string };
  readonly sessionId: string;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  /** Whether it runs, or did: then it is its end that needs the sign-in. */
  readonly isStarted: boolean;
}

/** Everything a user delegated, and what is missing; expired ones are told as not good. */
export async function readCredentials({ userId, now }: { userId: string; now: Millis }) {
  const { providers } = readConfig();
  const [held, needed, identities, platforms, missing] = await Promise.all([
    credentialsOf(userId),
    needs(userId),
    identitiesOf(userId),
    allPlatforms(),
    uncoveredSessions(userId, now),
  ]);
  const credentials = providers.map(({ name, title, kind }): HeldCredential => {
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
    missing: missing.map(({ id, provider, ...session }): MissingSignIn => {
      const title = providers.find(({ name }) => name === provider)?.title ?? provider;
      return { provider: { name: provider, title }, sessionId: id, ...session };
    }),
  };
}
