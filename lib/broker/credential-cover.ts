import { no, type Refusal } from "#lib/booking/refusal.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { providerNamed } from "#lib/config.ts";
import { willLast } from "#lib/credentials/will-last.ts";

/** So long after a slot's end its session may still have to be removed. */
const TEARDOWN_MS = 10 * 60_000;
/** A refresh that is no older than this is proof enough. */
const PROOF_MS = 2 * 60_000;

/**
 * Why Meridian could not act for a user on a platform until `until` and the removal after it: the refusal SIGN_IN_NEEDED, with
 * the sentence that says what to do; null when it can, or when the platform needs nobody's credential. Asks the provider of the
 * sign-in, so never inside a transaction.
 */
export async function whyNotCovered({
  platform,
  userId,
  until,
  now,
  signal = AbortSignal.timeout(30_000),
}: {
  platform: { readonly title: string; readonly provider: string | null };
  userId: string;
  until: Millis;
  now: Millis;
  signal?: AbortSignal;
}): Promise<Refusal | null> {
  if (platform.provider === null) return null;
  const provider = providerNamed(platform.provider);
  if (!provider)
    return no("SIGN_IN_NEEDED", `${platform.title} cannot be used: its sign-in is not configured here.`).error;
  const provenSince = now - PROOF_MS;
  const lasting = await willLast({
    userId,
    provider,
    until: until + TEARDOWN_MS,
    provenSince,
    clock: () => now,
    signal,
  });
  if (lasting.ok) return null;
  const sentence =
    lasting.endsAt === null
      ? `Meridian starts your session on ${platform.title} in your name, and has no sign-in of yours that is good. Sign in with ${provider.title} first; what is held for you stays held meanwhile.`
      : `Your sign-in with ${provider.title} ends ${inWords(lasting.endsAt)}, before this session would. Sign in with it again first; what is held for you stays held meanwhile.`;
  return no("SIGN_IN_NEEDED", sentence).error;
}

const inWords = (at: Millis): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
