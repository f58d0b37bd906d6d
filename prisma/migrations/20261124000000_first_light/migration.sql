-- First light: the whole model. The tables are what prisma/schema.prisma says; below them what it cannot say.

-- CreateTable
CREATE TABLE "platforms" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "slot_minutes" INTEGER NOT NULL,
    "window_hours" INTEGER NOT NULL,
    "max_offers" INTEGER NOT NULL DEFAULT 4,
    "offer_seconds" INTEGER NOT NULL DEFAULT 300,
    "prepare_seconds" INTEGER NOT NULL DEFAULT 0,
    "launch_seconds" INTEGER NOT NULL DEFAULT 180,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platforms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'scientist',
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_members" (
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "project_members_pkey" PRIMARY KEY ("project_id","user_id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "platform_id" UUID NOT NULL,
    "project_id" UUID,
    "user_id" UUID,
    "limit_cores" INTEGER NOT NULL,
    "limit_memory_gib" INTEGER NOT NULL,
    "limit_gpus" INTEGER NOT NULL,
    "limit_open_bookings" INTEGER,
    "limit_offer_sets" INTEGER,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger" (
    "account_id" BIGINT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "used_cores" INTEGER NOT NULL DEFAULT 0,
    "used_memory_gib" INTEGER NOT NULL DEFAULT 0,
    "used_gpus" INTEGER NOT NULL DEFAULT 0,
    "limit_cores" INTEGER NOT NULL,
    "limit_memory_gib" INTEGER NOT NULL,
    "limit_gpus" INTEGER NOT NULL,
    "closed" TEXT,

    CONSTRAINT "ledger_pkey" PRIMARY KEY ("account_id","slot")
);

-- CreateTable
CREATE TABLE "offer_sets" (
    "id" UUID NOT NULL,
    "platform_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "request" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "offer_sets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "offer_set_id" UUID NOT NULL,
    "platform_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "strategy" TEXT NOT NULL,
    "executable" JSONB NOT NULL,
    "cores" INTEGER NOT NULL,
    "memory_gib" INTEGER NOT NULL,
    "gpus" INTEGER NOT NULL,
    "phase" TEXT NOT NULL,
    "phase_since" TIMESTAMPTZ(3) NOT NULL,
    "moved_by" TEXT NOT NULL,
    "reason" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "starts_now" BOOLEAN NOT NULL,
    "slots_from" TIMESTAMPTZ(3) NOT NULL,
    "slots_until" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "handle" JSONB,
    "released_at" TIMESTAMPTZ(3),
    "last_log" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connectors" (
    "session_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "protocol" TEXT NOT NULL,
    "location" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connectors_pkey" PRIMARY KEY ("session_id")
);

-- CreateTable
CREATE TABLE "launch_attempts" (
    "id" BIGSERIAL NOT NULL,
    "session_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "message" TEXT,

    CONSTRAINT "launch_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credentials" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "platform_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "why" TEXT,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phase_moves" (
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,

    CONSTRAINT "phase_moves_pkey" PRIMARY KEY ("before","after")
);

-- CreateIndex
CREATE UNIQUE INDEX "platforms_name_key" ON "platforms"("name");

-- CreateIndex
CREATE UNIQUE INDEX "projects_name_key" ON "projects"("name");

-- CreateIndex
CREATE UNIQUE INDEX "users_name_key" ON "users"("name");

-- CreateIndex
CREATE INDEX "project_members_user_id_idx" ON "project_members"("user_id");

-- CreateIndex
CREATE INDEX "accounts_project_id_idx" ON "accounts"("project_id");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_owner_key" ON "accounts"("platform_id", "kind", "project_id", "user_id");

-- CreateIndex
CREATE INDEX "offer_sets_user_id_platform_id_expires_at_idx" ON "offer_sets"("user_id", "platform_id", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_name_key" ON "sessions"("name");

-- CreateIndex
CREATE INDEX "sessions_offer_set_id_idx" ON "sessions"("offer_set_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_starts_at_idx" ON "sessions"("user_id", "starts_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "launch_attempts_session_id_number_key" ON "launch_attempts"("session_id", "number");

-- CreateIndex
CREATE INDEX "credentials_user_id_platform_id_idx" ON "credentials"("user_id", "platform_id");

-- CreateIndex
CREATE INDEX "credentials_platform_id_idx" ON "credentials"("platform_id");

-- CreateIndex
CREATE INDEX "audit_events_subject_id_id_idx" ON "audit_events"("subject_id", "id");

-- AddForeignKey
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_platform_id_fkey" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_sets" ADD CONSTRAINT "offer_sets_platform_id_fkey" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_sets" ADD CONSTRAINT "offer_sets_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_sets" ADD CONSTRAINT "offer_sets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_offer_set_id_fkey" FOREIGN KEY ("offer_set_id") REFERENCES "offer_sets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_platform_id_fkey" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connectors" ADD CONSTRAINT "connectors_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch_attempts" ADD CONSTRAINT "launch_attempts_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_platform_id_fkey" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- ── What Prisma's schema cannot say ──────────────────────────────────────────────────────────────────────────────────

-- One account for an owner: also where project or user is null.
DROP INDEX "accounts_owner_key";
CREATE UNIQUE INDEX "accounts_owner_key" ON "accounts" ("platform_id", "kind", "project_id", "user_id") NULLS NOT DISTINCT;

ALTER TABLE "platforms"
  ADD CONSTRAINT "platforms_slot_divides_day" CHECK (slot_minutes > 0 AND 1440 % slot_minutes = 0),
  ADD CONSTRAINT "platforms_window_is_whole_slots" CHECK (window_hours > 0 AND (window_hours * 60) % slot_minutes = 0),
  ADD CONSTRAINT "platforms_offers" CHECK (max_offers > 0 AND offer_seconds > 0 AND prepare_seconds >= 0 AND launch_seconds > 0);
ALTER TABLE "users" ADD CONSTRAINT "users_role" CHECK (role IN ('scientist', 'administrator'));
ALTER TABLE "accounts"
  ADD CONSTRAINT "accounts_kind" CHECK (
    (kind = 'platform' AND project_id IS NULL AND user_id IS NULL) OR
    (kind = 'project' AND project_id IS NOT NULL AND user_id IS NULL) OR
    (kind = 'user' AND project_id IS NULL AND user_id IS NOT NULL)),
  ADD CONSTRAINT "accounts_limits" CHECK (limit_cores >= 0 AND limit_memory_gib >= 0 AND limit_gpus >= 0);
-- No "used <= limit": a limit may be lowered under what was promised. The guard is in the statements below.
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_not_negative" CHECK (used_cores >= 0 AND used_memory_gib >= 0 AND used_gpus >= 0);
-- The rows of the running day are updated over and over: leave room for that on their pages.
ALTER TABLE "ledger" SET (fillfactor = 70);
ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_shape" CHECK (cores >= 1 AND memory_gib >= 1 AND gpus >= 0),
  ADD CONSTRAINT "sessions_times" CHECK (starts_at < ends_at AND slots_from <= slots_until),
  ADD CONSTRAINT "sessions_name" CHECK (name ~ '^[a-z][a-z0-9-]{0,13}[a-z0-9]$');
ALTER TABLE "connectors" ADD CONSTRAINT "connectors_status" CHECK (status IN ('PREPARING', 'AVAILABLE', 'FINISHED'));

-- What the worker looks for, however many sessions are over.
CREATE INDEX "sessions_offered" ON "sessions" ("expires_at") WHERE phase = 'OFFERED';
CREATE INDEX "sessions_unreleased" ON "sessions" ("id")
  WHERE accepted_at IS NOT NULL AND released_at IS NULL;

-- ── Phases: one table, no way around it; every change is an audit event and a notice ────────────────────────────────

CREATE FUNCTION guard_phase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM phase_moves WHERE before = OLD.phase AND after = NEW.phase) THEN
    RAISE EXCEPTION 'session % cannot move from % to %', OLD.id, OLD.phase, NEW.phase USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_phase BEFORE UPDATE OF phase ON sessions
  FOR EACH ROW WHEN (OLD.phase IS DISTINCT FROM NEW.phase) EXECUTE FUNCTION guard_phase();

CREATE FUNCTION record_phase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why)
  VALUES (NEW.phase_since, NEW.moved_by, 'session', NEW.id, 'PHASE',
    CASE WHEN TG_OP = 'UPDATE' THEN jsonb_build_object('phase', OLD.phase) END,
    jsonb_build_object('phase', NEW.phase), NEW.reason);
  PERFORM pg_notify('meridian', json_build_object('session', NEW.id, 'user', NEW.user_id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER record_first_phase AFTER INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION record_phase();
CREATE TRIGGER record_phase AFTER UPDATE OF phase ON sessions
  FOR EACH ROW WHEN (OLD.phase IS DISTINCT FROM NEW.phase) EXECUTE FUNCTION record_phase();

CREATE FUNCTION notify_connector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('meridian', json_build_object('session', s.id, 'user', s.user_id)::text) FROM sessions s WHERE s.id = NEW.session_id;
  RETURN NULL;
END $$;
CREATE TRIGGER notify_connector AFTER INSERT OR UPDATE ON connectors FOR EACH ROW EXECUTE FUNCTION notify_connector();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events are append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ── The ledger's statements ─────────────────────────────────────────────────────────────────────────────────────────
-- Each is one call and one transaction. Locks are always taken in this order, so that no two can wait for each other:
-- the user's account, sessions by id, ledger rows by (account_id, slot). An account's platform was made before it, so
-- the platform's rows come first.

-- The starts of the slots in [from, until).
CREATE FUNCTION slots_between(slot_from timestamptz, slot_until timestamptz, minutes int)
RETURNS SETOF timestamptz LANGUAGE sql IMMUTABLE ROWS 2 AS $$
  SELECT generate_series(slot_from, slot_until - make_interval(mins => minutes), make_interval(mins => minutes))
$$;

-- The start of the slot that a time lies in; slots are aligned to the UTC day.
CREATE FUNCTION slot_start(at timestamptz, minutes int) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT date_bin(make_interval(mins => minutes), at, timestamptz '1970-01-01 00:00:00+00')
$$;

-- An offer as it comes in, and what all offers of a set ask of each slot.
CREATE TYPE offered AS (id uuid, name text, "position" int, strategy text, executable jsonb, cores int, memory_gib int,
  gpus int, starts_at timestamptz, ends_at timestamptz, starts_now boolean, slots_from timestamptz,
  slots_until timestamptz, expires_at timestamptz);

-- The accounts that a booking of this user for this project on this platform touches.
CREATE FUNCTION accounts_of(for_platform uuid, for_project uuid, for_user uuid) RETURNS SETOF accounts LANGUAGE sql STABLE ROWS 3 AS $$
  SELECT * FROM accounts WHERE platform_id = for_platform
    AND (kind = 'platform' OR (kind = 'project' AND project_id = for_project) OR (kind = 'user' AND user_id = for_user))
$$;

-- Makes an offer set with its sessions and holds the platform's capacity for all of them, or changes nothing.
-- The project's and the user's limits are checked for each offer by itself, as only one can be accepted.
-- Answers {"ok": true} or {"ok": false, "code", "account"?, "slot"?}.
CREATE FUNCTION hold_offers(set_id uuid, for_platform uuid, for_project uuid, for_user uuid, request jsonb,
  offers offered[], at timestamptz, who text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  minutes int;
  platform_account accounts;
  user_account accounts;
  refused record;
BEGIN
  SELECT slot_minutes INTO STRICT minutes FROM platforms WHERE id = for_platform;
  SELECT * INTO STRICT platform_account FROM accounts WHERE platform_id = for_platform AND kind = 'platform';
  SELECT * INTO STRICT user_account FROM accounts
    WHERE platform_id = for_platform AND kind = 'user' AND user_id = for_user FOR NO KEY UPDATE;

  IF (SELECT count(*) FROM offer_sets s WHERE s.user_id = for_user AND s.platform_id = for_platform
      AND s.closed_at IS NULL AND s.expires_at > at) >= user_account.limit_offer_sets THEN
    RETURN jsonb_build_object('ok', false, 'code', 'TOO_MANY_OFFERS', 'account', 'user');
  END IF;

  SELECT a.kind, t.slot INTO refused
    FROM unnest(offers) o, slots_between(o.slots_from, o.slots_until, minutes) t (slot),
      accounts_of(for_platform, for_project, for_user) a LEFT JOIN LATERAL
      (SELECT * FROM ledger WHERE account_id = a.id AND ledger.slot = t.slot) l ON true
    WHERE a.kind <> 'platform'
      AND (coalesce(l.used_cores, 0) + o.cores > coalesce(l.limit_cores, a.limit_cores)
        OR coalesce(l.used_memory_gib, 0) + o.memory_gib > coalesce(l.limit_memory_gib, a.limit_memory_gib)
        OR coalesce(l.used_gpus, 0) + o.gpus > coalesce(l.limit_gpus, a.limit_gpus))
    ORDER BY t.slot LIMIT 1;
  IF FOUND THEN
    RETURN jsonb_build_object('ok', false, 'code', 'QUOTA_REACHED', 'account', refused.kind, 'slot', refused.slot);
  END IF;

  INSERT INTO ledger (account_id, slot, limit_cores, limit_memory_gib, limit_gpus)
    SELECT DISTINCT platform_account.id, t.slot, platform_account.limit_cores, platform_account.limit_memory_gib, platform_account.limit_gpus
    FROM unnest(offers) o, slots_between(o.slots_from, o.slots_until, minutes) t (slot)
    ORDER BY t.slot ON CONFLICT DO NOTHING;

  WITH asked AS (
    SELECT t.slot, sum(o.cores) AS cores, sum(o.memory_gib) AS memory_gib, sum(o.gpus) AS gpus
    FROM unnest(offers) o, slots_between(o.slots_from, o.slots_until, minutes) t (slot) GROUP BY t.slot
  ), locked AS MATERIALIZED (
    SELECT l.* FROM ledger l WHERE l.account_id = platform_account.id AND l.slot IN (SELECT slot FROM asked)
    ORDER BY l.account_id, l.slot FOR NO KEY UPDATE
  )
  SELECT slot INTO refused FROM locked JOIN asked USING (slot)
    WHERE closed IS NOT NULL OR used_cores + cores > limit_cores OR used_memory_gib + memory_gib > limit_memory_gib
      OR used_gpus + gpus > limit_gpus
    ORDER BY slot LIMIT 1;
  IF FOUND THEN
    RETURN jsonb_build_object('ok', false, 'code', 'NO_CAPACITY', 'account', 'platform', 'slot', refused.slot);
  END IF;

  UPDATE ledger l SET used_cores = l.used_cores + asked.cores, used_memory_gib = l.used_memory_gib + asked.memory_gib,
      used_gpus = l.used_gpus + asked.gpus
    FROM (SELECT t.slot, sum(o.cores) AS cores, sum(o.memory_gib) AS memory_gib, sum(o.gpus) AS gpus
      FROM unnest(offers) o, slots_between(o.slots_from, o.slots_until, minutes) t (slot) GROUP BY t.slot) asked
    WHERE l.account_id = platform_account.id AND l.slot = asked.slot;

  INSERT INTO offer_sets (id, platform_id, project_id, user_id, request, created_at, expires_at)
    SELECT set_id, for_platform, for_project, for_user, request, at, max(o.expires_at) FROM unnest(offers) o;
  INSERT INTO sessions (id, name, offer_set_id, platform_id, project_id, user_id, position, strategy, executable, cores,
      memory_gib, gpus, phase, phase_since, moved_by, starts_at, ends_at, starts_now, slots_from, slots_until, expires_at)
    SELECT o.id, o.name, set_id, for_platform, for_project, for_user, o.position, o.strategy, o.executable, o.cores,
      o.memory_gib, o.gpus, 'OFFERED', at, who, o.starts_at, o.ends_at, o.starts_now, o.slots_from, o.slots_until, o.expires_at
    FROM unnest(offers) o;
  PERFORM graphile_worker.add_job('expire', json_build_object('at', e.expires_at), run_at := e.expires_at,
      job_key := 'expire:' || set_id || ':' || extract(epoch FROM e.expires_at))
    FROM (SELECT DISTINCT o.expires_at FROM unnest(offers) o) e;
  RETURN jsonb_build_object('ok', true);
END $$;

-- Ends those of the sessions that are in one of the phases `before`: moves them to `after` and gives back what they have
-- not used yet: an offer its whole hold, a booking the slots from the running one on. Returns the ones it moved.
-- Whatever may be running on the platform is left to the job `release`.
CREATE FUNCTION end_sessions(ids uuid[], before text[], after text, at timestamptz, who text, why text)
RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE
  ending uuid[];
BEGIN
  ending := array(SELECT s.id FROM sessions s WHERE s.id = ANY (ids) AND s.phase = ANY (before) ORDER BY s.id FOR NO KEY UPDATE);
  IF cardinality(ending) = 0 THEN
    RETURN ending;
  END IF;

  PERFORM FROM ledger l WHERE (l.account_id, l.slot) IN (SELECT b.account_id, b.slot FROM to_give_back(ending, at) b)
    ORDER BY l.account_id, l.slot FOR NO KEY UPDATE;
  UPDATE ledger l SET used_cores = l.used_cores - b.cores, used_memory_gib = l.used_memory_gib - b.memory_gib,
      used_gpus = l.used_gpus - b.gpus
    FROM to_give_back(ending, at) b WHERE l.account_id = b.account_id AND l.slot = b.slot;

  UPDATE sessions s SET phase = after, phase_since = at, moved_by = who, reason = why,
      slots_until = CASE WHEN s.accepted_at IS NULL THEN s.slots_from
        ELSE least(s.slots_until, greatest(s.slots_from, slot_start(at, p.slot_minutes))) END
    FROM platforms p WHERE p.id = s.platform_id AND s.id = ANY (ending);
  UPDATE offer_sets o SET closed_at = at
    WHERE o.closed_at IS NULL AND o.id IN (SELECT s.offer_set_id FROM sessions s WHERE s.id = ANY (ending))
      AND NOT EXISTS (SELECT FROM sessions s WHERE s.offer_set_id = o.id AND s.phase = 'OFFERED');
  PERFORM graphile_worker.add_job('release', json_build_object('sessionId', s.id), job_key := 'release:' || s.id, priority := -10,
      max_attempts := 5)
    FROM sessions s WHERE s.id = ANY (ending) AND s.accepted_at IS NOT NULL;
  RETURN ending;
END $$;

-- What sessions that end at this time give back to the ledger, by account and slot.
CREATE FUNCTION to_give_back(ids uuid[], at timestamptz)
RETURNS TABLE (account_id bigint, slot timestamptz, cores int, memory_gib int, gpus int) LANGUAGE sql STABLE AS $$
  SELECT a.id, t.slot, sum(s.cores)::int, sum(s.memory_gib)::int, sum(s.gpus)::int
  FROM sessions s JOIN platforms p ON p.id = s.platform_id,
    accounts_of(s.platform_id, s.project_id, s.user_id) a,
    slots_between(CASE WHEN s.accepted_at IS NULL THEN s.slots_from
      ELSE greatest(s.slots_from, slot_start(at, p.slot_minutes)) END, s.slots_until, p.slot_minutes) t (slot)
  WHERE s.id = ANY (ids) AND (a.kind = 'platform' OR s.accepted_at IS NOT NULL)
  GROUP BY a.id, t.slot
$$;

-- Books an offer: its hold becomes a booking, its siblings are rejected and their holds freed, project and user are
-- debited, the launch is scheduled; or nothing changes. Accepting what is accepted already is a yes.
-- Answers {"ok": true} or {"ok": false, "code", "account"?, "slot"?}.
CREATE FUNCTION accept_offer(offer uuid, for_user uuid, at timestamptz, who text, open_phases text[])
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  s sessions;
  p platforms;
  user_account accounts;
  siblings uuid[];
  refused record;
BEGIN
  SELECT * INTO s FROM sessions WHERE id = offer AND user_id = for_user;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('ok', false, 'code', 'NOT_FOUND');
  END IF;
  SELECT * INTO STRICT p FROM platforms WHERE id = s.platform_id;
  SELECT * INTO STRICT user_account FROM accounts
    WHERE platform_id = s.platform_id AND kind = 'user' AND user_id = for_user FOR NO KEY UPDATE;
  PERFORM FROM sessions WHERE offer_set_id = s.offer_set_id ORDER BY id FOR NO KEY UPDATE;
  SELECT * INTO STRICT s FROM sessions WHERE id = offer;

  IF s.accepted_at IS NOT NULL THEN
    RETURN jsonb_build_object('ok', true);
  ELSIF s.phase = 'EXPIRED' OR (s.phase = 'OFFERED' AND s.expires_at <= at) THEN
    RETURN jsonb_build_object('ok', false, 'code', 'OFFER_EXPIRED');
  ELSIF s.phase <> 'OFFERED' THEN
    RETURN jsonb_build_object('ok', false, 'code', 'OFFER_GONE');
  ELSIF (SELECT count(*) FROM sessions o WHERE o.user_id = for_user AND o.platform_id = s.platform_id
      AND o.phase = ANY (open_phases)) >= user_account.limit_open_bookings THEN
    RETURN jsonb_build_object('ok', false, 'code', 'QUOTA_REACHED', 'account', 'bookings');
  END IF;
  siblings := array(SELECT o.id FROM sessions o WHERE o.offer_set_id = s.offer_set_id AND o.id <> s.id AND o.phase = 'OFFERED');

  INSERT INTO ledger (account_id, slot, limit_cores, limit_memory_gib, limit_gpus)
    SELECT a.id, t.slot, a.limit_cores, a.limit_memory_gib, a.limit_gpus
    FROM accounts_of(s.platform_id, s.project_id, s.user_id) a, slots_between(s.slots_from, s.slots_until, p.slot_minutes) t (slot)
    WHERE a.kind <> 'platform' ORDER BY a.id, t.slot ON CONFLICT DO NOTHING;
  WITH touched AS (
    SELECT b.account_id, b.slot, false AS debited FROM to_give_back(siblings, at) b
    UNION ALL
    SELECT a.id, t.slot, true FROM accounts_of(s.platform_id, s.project_id, s.user_id) a,
      slots_between(s.slots_from, s.slots_until, p.slot_minutes) t (slot) WHERE a.kind <> 'platform'
  ), locked AS MATERIALIZED (
    SELECT l.*, t.debited FROM ledger l JOIN touched t USING (account_id, slot) ORDER BY l.account_id, l.slot FOR NO KEY UPDATE OF l
  )
  SELECT a.kind, l.slot INTO refused FROM locked l JOIN accounts a ON a.id = l.account_id
    WHERE l.debited AND (l.used_cores + s.cores > l.limit_cores OR l.used_memory_gib + s.memory_gib > l.limit_memory_gib
      OR l.used_gpus + s.gpus > l.limit_gpus)
    ORDER BY l.slot LIMIT 1;
  IF FOUND THEN
    RETURN jsonb_build_object('ok', false, 'code', 'QUOTA_REACHED', 'account', refused.kind, 'slot', refused.slot);
  END IF;

  PERFORM end_sessions(siblings, ARRAY['OFFERED'], 'REJECTED', at, who, 'Another offer of the same set was accepted.');
  UPDATE ledger l SET used_cores = l.used_cores + s.cores, used_memory_gib = l.used_memory_gib + s.memory_gib,
      used_gpus = l.used_gpus + s.gpus
    FROM accounts_of(s.platform_id, s.project_id, s.user_id) a, slots_between(s.slots_from, s.slots_until, p.slot_minutes) t (slot)
    WHERE a.kind <> 'platform' AND l.account_id = a.id AND l.slot = t.slot;
  UPDATE sessions SET phase = 'ACCEPTED', phase_since = at, moved_by = who, accepted_at = at,
    starts_at = CASE WHEN starts_now THEN greatest(starts_at, at) ELSE starts_at END WHERE id = s.id;
  UPDATE sessions SET phase = 'WAITING', moved_by = 'meridian' WHERE id = s.id RETURNING * INTO s;
  UPDATE offer_sets SET closed_at = at WHERE id = s.offer_set_id;
  PERFORM graphile_worker.add_job('launch', json_build_object('sessionId', s.id), job_key := 'launch:' || s.id,
    run_at := s.starts_at - make_interval(secs => p.prepare_seconds), max_attempts := 5);
  RETURN jsonb_build_object('ok', true);
END $$;
