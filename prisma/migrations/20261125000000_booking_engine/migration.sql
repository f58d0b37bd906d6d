-- The booking engine: budgets, idempotency keys, bookings that change, a waiting list, series, limits that change, an audit
-- that is sealed. The tables are what prisma/schema.prisma says; below them what it cannot say.

-- AlterTable
ALTER TABLE "platforms" ADD COLUMN     "idle_grace_minutes" INTEGER NOT NULL DEFAULT 10,
ADD COLUMN     "idle_minutes" INTEGER,
ADD COLUMN     "wait_seconds" INTEGER NOT NULL DEFAULT 900;

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "limit_core_hours" INTEGER,
ADD COLUMN     "limit_gpu_hours" INTEGER;

-- AlterTable
ALTER TABLE "ledger" ADD COLUMN     "honoured_cores" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "honoured_gpus" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "honoured_memory_gib" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "correlation_id" UUID,
ADD COLUMN     "idle_since" TIMESTAMPTZ(3),
ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "series_id" UUID;

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "correlation_id" UUID;

-- CreateTable
CREATE TABLE "accept_keys" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "session_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "accept_keys_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "waitlist" (
    "id" UUID NOT NULL,
    "platform_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "request" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "state_since" TIMESTAMPTZ(3) NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "offer_set_id" UUID,

    CONSTRAINT "waitlist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "series" (
    "id" UUID NOT NULL,
    "platform_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "executable" JSONB NOT NULL,
    "cores" INTEGER NOT NULL,
    "memory_gib" INTEGER NOT NULL,
    "gpus" INTEGER NOT NULL,
    "duration_slots" INTEGER NOT NULL,
    "every" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "trouble" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_seals" (
    "number" BIGINT NOT NULL,
    "until_event" BIGINT NOT NULL,
    "events" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "audit_barrier" (
    "id" INTEGER NOT NULL,
    "until_event" BIGINT NOT NULL,
    "writers" TEXT[],

    CONSTRAINT "audit_barrier_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "waitlist_user_id_platform_id_idx" ON "waitlist"("user_id", "platform_id");

-- CreateIndex
CREATE INDEX "series_user_id_idx" ON "series"("user_id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "series"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist" ADD CONSTRAINT "waitlist_platform_id_fkey" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist" ADD CONSTRAINT "waitlist_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist" ADD CONSTRAINT "waitlist_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_platform_id_fkey" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "series" ADD CONSTRAINT "series_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- ── What Prisma's schema cannot say ──────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "platforms"
  ADD CONSTRAINT "platforms_most_offers" CHECK (max_offers <= 8),
  ADD CONSTRAINT "platforms_waiting" CHECK (wait_seconds > 0 AND idle_minutes > 0 AND idle_grace_minutes > 0);
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_budgets" CHECK (limit_core_hours >= 0 AND limit_gpu_hours >= 0
  AND limit_open_bookings >= 0 AND limit_offer_sets >= 0);
-- What one column can be is its domain, not a constraint of the table: PostgreSQL reads and compiles a table's constraints anew
-- in every statement that writes to it, also where their columns are not written.
CREATE DOMAIN "amount" AS integer CHECK (VALUE >= 0);
CREATE DOMAIN "share" AS integer CHECK (VALUE >= 1);
CREATE DOMAIN "session_name" AS text CHECK (VALUE ~ '^[a-z][a-z0-9-]{0,13}[a-z0-9]$');
-- honoured_*: a limit was lowered under what was promised; that much is honoured, and no more may be added.
ALTER TABLE "ledger" DROP CONSTRAINT "ledger_not_negative",
  ALTER COLUMN used_cores TYPE "amount", ALTER COLUMN used_memory_gib TYPE "amount", ALTER COLUMN used_gpus TYPE "amount",
  ALTER COLUMN honoured_cores TYPE "amount", ALTER COLUMN honoured_memory_gib TYPE "amount", ALTER COLUMN honoured_gpus TYPE "amount";
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_shape", DROP CONSTRAINT "sessions_name", ALTER COLUMN name TYPE "session_name",
  ALTER COLUMN cores TYPE "share", ALTER COLUMN memory_gib TYPE "share", ALTER COLUMN gpus TYPE "amount";
ALTER TABLE "waitlist" ADD CONSTRAINT "waitlist_state"
  CHECK (state IN ('WAITING', 'OFFERED', 'BOOKED', 'MISSED', 'DECLINED', 'WITHDRAWN', 'OVER'));
ALTER TABLE "series" ADD CONSTRAINT "series_every" CHECK (every IN ('day', 'week') AND duration_slots > 0);
INSERT INTO "audit_barrier" (id, until_event, writers) VALUES (1, 0, '{}');

-- `released_at` says that nothing is left to be done for a session, whatever its end was: so no index needs the phase, and
-- the worker's moves need not touch any.
UPDATE "sessions" SET released_at = phase_since WHERE accepted_at IS NULL AND phase IN ('REJECTED', 'EXPIRED', 'CANCELLED', 'FAILED');
DROP INDEX "sessions_offered", "sessions_unreleased";
CREATE INDEX "sessions_offered" ON "sessions" ("expires_at") WHERE accepted_at IS NULL AND released_at IS NULL;
CREATE INDEX "sessions_open" ON "sessions" ("user_id", "platform_id") WHERE accepted_at IS NOT NULL AND released_at IS NULL;
CREATE INDEX "sessions_unfinished" ON "sessions" ("starts_at") WHERE accepted_at IS NOT NULL AND released_at IS NULL;
CREATE INDEX "waitlist_waiting" ON "waitlist" ("platform_id", "joined_at") WHERE state IN ('WAITING', 'OFFERED');
CREATE INDEX "series_running" ON "series" ("next_at") WHERE next_at IS NOT NULL;
CREATE INDEX "sessions_series" ON "sessions" ("series_id") WHERE series_id IS NOT NULL;
ALTER TABLE "sessions" SET (fillfactor = 80);
ALTER TABLE "offer_sets" SET (fillfactor = 80);
ALTER TABLE "accounts" SET (fillfactor = 70);
