import type { Millis } from "#lib/booking/slot.ts";
import type { SealedSecret, StoredCredential } from "#lib/db/credentials.ts";
import { type Secret, secretFromText, secretToText } from "./secret.ts";
import { openHere, sealHere } from "./vault-here.ts";

type Whose = Pick<StoredCredential, "id" | "userId">;

const ownerOf = ({ id, userId }: Whose) => ({ userId, credentialId: id });

/** What is sealed in a credential. Only where it is used: nothing else may hold it. Throws VaultError. */
export const openSecret = (credential: StoredCredential): Secret =>
  secretFromText(openHere(credential, ownerOf(credential)));

/** A secret with its times, sealed for its owner and its row. */
export function sealSecret(
  { secret, freshUntil, expiresAt }: { secret: Secret; freshUntil: Millis | null; expiresAt: Millis | null },
  whose: Whose,
): SealedSecret {
  return { ...sealHere(secretToText(secret), ownerOf(whose)), freshUntil, expiresAt };
}
