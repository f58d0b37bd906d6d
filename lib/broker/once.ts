/** A POST that carries a key is answered once: lib/db/idempotency.ts says how. */
export { claimKey, forgetKeys, giveUpKey, keepAnswer } from "#lib/db/idempotency.ts";
