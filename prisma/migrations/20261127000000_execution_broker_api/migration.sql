-- What the IVOA Execution Broker API remembers beside offers and sessions. What was asked for in the standard's words stands in
-- `offer_sets.request` under "asked", so that it is stored in the statement that holds the offers.

-- A request that got no offer is answered with NO, and the answer stays readable.
CREATE TABLE "refused_requests" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "asked" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refused_requests_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "refused_requests_user_id_id_idx" ON "refused_requests"("user_id", "id" DESC);
ALTER TABLE "refused_requests" ADD CONSTRAINT "refused_requests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The caller's own name for a POST: a retry gets the first answer again. Null: it is being answered.
CREATE TABLE "idempotency_keys" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    -- SHA-256 of what was asked: address and body.
    "asked" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    -- Kept as text, so that it is given again as it was, to the order of its fields.
    "answer" TEXT,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("user_id", "key")
);
CREATE INDEX "idempotency_keys_started_at_idx" ON "idempotency_keys"("started_at");
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Lists, the newest first, by page; ids are made in the order of time.
CREATE INDEX "offer_sets_user_id_id_idx" ON "offer_sets"("user_id", "id" DESC);
CREATE INDEX "sessions_phase_id_idx" ON "sessions"("phase", "id" DESC);
CREATE INDEX "sessions_user_id_phase_id_idx" ON "sessions"("user_id", "phase", "id" DESC);
