import type { Millis } from "#lib/booking/slot.ts";
import { readConfig } from "#lib/config.ts";
import { keepNewCredential } from "#lib/db/credentials.ts";
import { letGo } from "./let-go.ts";
import { sealSecret } from "./sealing.ts";
import type { Secret } from "./secret.ts";

/**
 * Keeps what a sign-in gave, sealed, in place of what was held for that user and provider before, which is revoked. `expiresAt`:
 * from then on only a new sign-in helps; `freshUntil`: from then on it is refreshed.
 */
export async function keepSecret(
  kept: {
    readonly userId: string;
    readonly provider: string;
    readonly secret: Secret;
    readonly freshUntil: Millis | null;
    readonly expiresAt: Millis | null;
  },
  { who, now }: { readonly who: string; readonly now: Millis },
): Promise<void> {
  const { userId, provider, secret } = kept;
  const { before } = await keepNewCredential(
    { userId, provider, kind: secret.kind },
    (id) => sealSecret(kept, { id, userId }),
    { who, now },
  );
  if (before) await letGo(before, readConfig().providers);
}
