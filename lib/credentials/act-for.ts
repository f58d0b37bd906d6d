import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Millis } from "#lib/booking/slot.ts";
import type { ProviderConfig } from "#lib/config.ts";
import {
  findCredential,
  giveLeaseBack,
  keepRefreshed,
  markDead,
  type StoredCredential,
  takeLease,
} from "#lib/db/credentials.ts";
import { isLoginGood } from "./cadc.ts";
import { CadcError } from "./cadc-error.ts";
import { CredentialTrouble } from "./credential-trouble.ts";
import { type OidcConfig, PROVIDER_MS, refreshTokens, type Tokens } from "./oidc.ts";
import { openSecret, sealSecret } from "./sealing.ts";
import { type Acting, actingOf, isSameActing, type Secret } from "./secret.ts";
import { VaultError } from "./vault.ts";

export interface ActFor {
  readonly userId: string;
  readonly provider: ProviderConfig;
  /** What was taken back may still end what it started, and look at it; it may begin nothing. */
  readonly to: "start" | "see" | "end";
  /** What the platform has just refused: it is refreshed, unless somebody has done so already. */
  readonly refused?: Acting;
  /** Refreshed unless the provider has shown since then that it is good. */
  readonly provenSince?: Millis;
  readonly clock: () => Millis;
  readonly signal: AbortSignal;
}

/** Longer than a provider may take, so that nobody else begins while one is under way. */
const LEASE_MS = 2 * PROVIDER_MS + 5_000;
const LOOK_EVERY_MS = 100;
/** A platform that refuses what was proven so lately would refuse the next one, too. */
const JUST_PROVEN_MS = 30_000;
/** Who waits for somebody else's refresh gives up after this, and is told to come again. */
const MOST_WAIT_MS = 30_000;

/**
 * What acts for a user at this moment, refreshed when it has to be: by one at a time over all processes, with a lease on the row;
 * the others wait and read what came of it. The rotated token is stored before anybody uses the new access token.
 *
 * Throws {@link CredentialTrouble}.
 */
export async function actFor(asked: ActFor): Promise<Acting> {
  const holder = randomUUID();
  const waitUntil = performance.now() + MOST_WAIT_MS;
  for (let isRefreshed = false; ; ) {
    asked.signal.throwIfAborted();
    const credential = await findCredential(asked.userId, asked.provider.name);
    if (credential === null || !mayBeUsed(credential, asked)) throw signInNeeded(asked.provider);
    const secret = opened(credential, asked.provider);
    const acting = actingOf(secret);
    if (isRefreshed || isGood(credential, acting, asked)) return acting;
    const isRefused = asked.refused !== undefined && isSameActing(acting, asked.refused);
    if (secret.kind !== "oidc" || secret.refreshToken === null || asked.provider.kind !== "oidc") {
      if (!isRefused) return acting;
      return whenRefused(credential, secret, asked);
    }
    // A new token was refused as the old one: another one would be, too.
    if (isRefused && asked.clock() - credential.provenAt < JUST_PROVEN_MS) throw notAccepted(asked.provider);
    const wait = (credential.asksAgainAt ?? 0) - asked.clock();
    if (wait > 0) {
      const message = `The sign-in service ${asked.provider.title} did not answer a moment ago.`;
      throw new CredentialTrouble("provider unwell", message, { afterMs: wait });
    }
    if (await takeLease(credential, holder, LEASE_MS)) {
      await refresh(credential, secret.refreshToken, asked.provider, holder, asked.clock);
      isRefreshed = true;
      continue;
    }
    if (performance.now() >= waitUntil) {
      const message = `${asked.provider.title} is being asked for a new token, and takes long.`;
      throw new CredentialTrouble("provider unwell", message, { afterMs: 1_000 });
    }
    await pause(LOOK_EVERY_MS, undefined, { signal: asked.signal });
  }
}

/** A vault whose key is missing is no fault of the user's, and may be mended while their slot lasts. */
function opened(credential: StoredCredential, provider: ProviderConfig): Secret {
  try {
    return openSecret(credential);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    console.error(`what ${credential.userId} delegated by ${provider.name} cannot be opened: ${error.message}`);
    const message = `What you delegated with ${provider.title} cannot be opened at the moment: the administrators have to put a key back, or you sign in again.`;
    throw new CredentialTrouble("provider unwell", message);
  }
}

/**
 * A platform refused what cannot be renewed. Only its issuer can say that it is no good: a platform may be wrong, and others take it.
 * Always throws {@link CredentialTrouble}.
 */
async function whenRefused(credential: StoredCredential, secret: Secret, asked: ActFor): Promise<never> {
  const { provider, signal, clock } = asked;
  if (secret.kind === "token" && provider.kind === "cadc") {
    const isGoodThere = await isLoginGood(new URL(provider.whoami), secret.token, signal).catch((error: unknown) => {
      if (error instanceof CadcError) return true; // it cannot be asked: nothing is known
      throw error;
    });
    if (!isGoodThere) {
      await markDead(credential, `${provider.title} does not know it any more.`, clock());
      throw signInNeeded(provider);
    }
  }
  throw notAccepted(provider);
}

function mayBeUsed({ deadSince, withdrawnAt, expiresAt }: StoredCredential, { to, clock }: ActFor): boolean {
  if (deadSince !== null || (withdrawnAt !== null && to === "start")) return false;
  return expiresAt === null || clock() < expiresAt;
}

/** Whether it can be shown as it is. */
function isGood(credential: StoredCredential, acting: Acting, { refused, provenSince, clock }: ActFor): boolean {
  if (refused !== undefined && isSameActing(acting, refused)) return false;
  if (provenSince !== undefined && credential.provenAt < provenSince) return false;
  return credential.freshUntil === null || clock() < credential.freshUntil;
}

/** Under the lease: asks the provider, and stores what it says before anything else is done with it. */
async function refresh(
  credential: StoredCredential,
  refreshToken: string,
  provider: OidcConfig,
  holder: string,
  clock: () => Millis,
): Promise<void> {
  let tokens: Tokens;
  try {
    tokens = await refreshTokens(provider, refreshToken, clock);
  } catch (error) {
    if (error instanceof CredentialTrouble && error.kind === "sign-in needed") {
      await markDead(credential, error.message, clock());
    } else {
      const afterMs = error instanceof CredentialTrouble ? (error.afterMs ?? 0) : 0;
      await giveLeaseBack(credential.id, holder, clock() + afterMs);
    }
    throw error;
  }
  // Not kept: its owner signed in anew meanwhile, or it was deleted. To revoke it could end their new sign-in, too.
  await keepRefreshed(credential, sealSecret(tokens, credential), clock());
}

/** What people read when a platform does not take what its issuer holds to be good. */
const notAccepted = ({ title }: ProviderConfig): CredentialTrouble =>
  new CredentialTrouble(
    "refused",
    `The platform does not accept your sign-in with ${title}, although that is good. Sign in again; if that does not help, ask the platform's support.`,
  );

/** What people read when nothing but a new sign-in helps. */
const signInNeeded = ({ title }: ProviderConfig): CredentialTrouble =>
  new CredentialTrouble("sign-in needed", `Meridian cannot act for you with ${title} any more: sign in there again.`);
