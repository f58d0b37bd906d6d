import type { Millis } from "#lib/booking/slot.ts";
import { forgetRefusals } from "#lib/db/answers.ts";
import { forgetKeys } from "#lib/db/idempotency.ts";

/** A POST that carries a key is answered once: lib/db/idempotency.ts says how. */
export { claimKey, giveUpKey, keepAnswer } from "#lib/db/idempotency.ts";

/** Forgets what the API need not remember any more: keys of two days ago, and what was answered with NO long ago. */
export async function forgetOldAnswers({ now }: { now: Millis }): Promise<void> {
  await forgetKeys(now);
  await forgetRefusals(now);
}
