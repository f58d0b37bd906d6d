/** A POST that carries a key is answered once: lib/db/idempotency.ts says how. */
export { claimKey, giveUpKey, keepAnswer } from "#lib/db/idempotency.ts";
