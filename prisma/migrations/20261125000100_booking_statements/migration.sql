-- The statements of the booking engine. Each function that people's steps call is one call and one transaction. Locks are
-- always taken in this order, so that no two can wait for each other: a row of the waiting list, accounts (user, project,
-- platform), sessions by id, ledger rows by (account_id, slot), offer sets by id.
--
-- None of them sends a notice or makes a job: both would take locks that all bookings share until their commit. The steps
-- announce what changed, and the worker finds what is due in the sessions themselves.

DROP FUNCTION hold_offers, accept_offer, end_sessions, to_give_back, accounts_of;

-- ── The audit ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Every change of a session's phase or time is an event; no statement can leave it out.
-- One trigger guards and records a move; it has no WHEN, which PostgreSQL would read and compile anew in every statement.
DROP TRIGGER guard_phase ON sessions;
DROP TRIGGER record_phase ON sessions;
DROP FUNCTION guard_phase;
CREATE OR REPLACE FUNCTION record_phase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, after, why, correlation_id)
    VALUES (NEW.phase_since, NEW.moved_by, 'session', NEW.id, 'PHASE', jsonb_build_object('phase', NEW.phase), NEW.reason, NEW.correlation_id);
  ELSIF NEW.phase <> OLD.phase THEN
    INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why, correlation_id)
    SELECT NEW.phase_since, NEW.moved_by, 'session', NEW.id, 'PHASE', jsonb_build_object('phase', m.before),
      jsonb_build_object('phase', m.after), NEW.reason, NEW.correlation_id
    FROM phase_moves m WHERE m.before = OLD.phase AND m.after = NEW.phase;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'session % cannot move from % to %', OLD.id, OLD.phase, NEW.phase USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER record_phase AFTER UPDATE OF phase ON sessions FOR EACH ROW EXECUTE FUNCTION record_phase();

CREATE FUNCTION session_span(s sessions) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('startsAt', s.starts_at, 'endsAt', s.ends_at, 'cores', s.cores, 'memoryGiB', s.memory_gib, 'gpus', s.gpus)
$$;
CREATE FUNCTION record_span() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why, correlation_id)
  VALUES (coalesce(to_timestamp(acting('at')::float8), now()), NEW.moved_by, 'session', NEW.id, CASE
      WHEN NEW.starts_at <> OLD.starts_at THEN 'MOVED' WHEN NEW.ends_at > OLD.ends_at THEN 'EXTENDED' ELSE 'SHORTENED' END,
    session_span(OLD), session_span(NEW), acting('why'), NEW.correlation_id);
  RETURN NULL;
END $$;
CREATE TRIGGER record_span AFTER UPDATE OF starts_at, ends_at, cores, memory_gib, gpus ON sessions FOR EACH ROW
  WHEN (OLD.phase = NEW.phase AND (OLD.starts_at, OLD.ends_at, OLD.cores, OLD.memory_gib, OLD.gpus)
    IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.cores, NEW.memory_gib, NEW.gpus)) EXECUTE FUNCTION record_span();

-- Who acts in this transaction, for changes whose rows do not say it themselves.
CREATE FUNCTION act_as(who text, at timestamptz, why text, correlation uuid) RETURNS void LANGUAGE sql AS $$
  SELECT set_config('meridian.actor', who, true), set_config('meridian.at', extract(epoch FROM at)::text, true),
    set_config('meridian.why', coalesce(why, ''), true), set_config('meridian.correlation', coalesce(correlation::text, ''), true)
$$;
CREATE FUNCTION acting(what text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('meridian.' || what, true), '')
$$;

CREATE FUNCTION limits_of(a accounts) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('platformId', a.platform_id, 'cores', a.limit_cores, 'memoryGiB', a.limit_memory_gib, 'gpus', a.limit_gpus,
    'coreHours', a.limit_core_hours, 'gpuHours', a.limit_gpu_hours, 'openBookings', a.limit_open_bookings, 'offerSets', a.limit_offer_sets)
$$;
CREATE FUNCTION record_limits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why, correlation_id)
  VALUES (coalesce(to_timestamp(acting('at')::float8), now()), coalesce(acting('actor'), current_user), NEW.kind,
    coalesce(NEW.project_id, NEW.user_id, NEW.platform_id), 'LIMITS', CASE WHEN TG_OP = 'UPDATE' THEN limits_of(OLD) END,
    limits_of(NEW), acting('why'), acting('correlation')::uuid);
  RETURN NULL;
END $$;
CREATE TRIGGER record_first_limits AFTER INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION record_limits();
CREATE TRIGGER record_limits AFTER UPDATE ON accounts FOR EACH ROW
  WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION record_limits();

-- What is sealed in a credential never leaves it: the audit says only that there is one, for what, and until when.
CREATE FUNCTION record_credential() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN jsonb_build_object('platformId', OLD.platform_id, 'kind', OLD.kind, 'keyId', OLD.key_id,
    'expiresAt', OLD.expires_at, 'revokedAt', OLD.revoked_at) END;
  becomes jsonb := CASE WHEN TG_OP <> 'DELETE' THEN jsonb_build_object('platformId', NEW.platform_id, 'kind', NEW.kind, 'keyId', NEW.key_id,
    'expiresAt', NEW.expires_at, 'revokedAt', NEW.revoked_at) END;
BEGIN
  INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why, correlation_id)
  VALUES (coalesce(to_timestamp(acting('at')::float8), now()), coalesce(acting('actor'), current_user), 'credential',
    coalesce(NEW.id, OLD.id), 'CREDENTIAL', was, becomes, acting('why'), acting('correlation')::uuid);
  RETURN NULL;
END $$;
CREATE TRIGGER record_credential AFTER INSERT OR UPDATE OR DELETE ON credentials FOR EACH ROW EXECUTE FUNCTION record_credential();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One line a change, so that two different events can never read the same.
CREATE FUNCTION audit_line(e audit_events) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(e.id, extract(epoch FROM e.at), e.actor, e.subject_kind, e.subject_id, e.event, e.before, e.after, e.why,
    e.correlation_id)::text
$$;
-- The hash of the events in (after_event, until_event], chained to the hash before.
CREATE FUNCTION audit_hash(after_event bigint, until_event bigint, previous text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(previous || coalesce(string_agg(E'\n' || audit_line(e), '' ORDER BY e.id), ''), 'UTF8')), 'hex')
  FROM audit_events e WHERE e.id > after_event AND e.id <= until_event
$$;

-- Seals the events that nobody can add to any more, and notes how far the next call may go. Numbers are drawn before they are
-- committed, so a batch ends at a number drawn before a moment at which all who were writing then have finished: bookings
-- never wait for a seal. Returns how many events were sealed. One caller at a time; another one returns null at once.
CREATE FUNCTION seal_audit(at timestamptz) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  barrier audit_barrier;
  last audit_seals;
  sealed int := 0;
BEGIN
  SELECT * INTO barrier FROM audit_barrier WHERE id = 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM pg_locks l WHERE l.relation = 'audit_events'::regclass AND l.mode = 'RowExclusiveLock'
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.virtualtransaction = ANY (barrier.writers)) THEN
    RETURN 0;
  END IF;
  SELECT * INTO last FROM audit_seals ORDER BY number DESC LIMIT 1;
  SELECT count(*) INTO sealed FROM audit_events WHERE id > coalesce(last.until_event, 0) AND id <= barrier.until_event;
  IF sealed > 0 THEN
    INSERT INTO audit_seals (number, until_event, events, hash, sealed_at)
    VALUES (coalesce(last.number, 0) + 1, barrier.until_event, sealed,
      audit_hash(coalesce(last.until_event, 0), barrier.until_event, coalesce(last.hash, '')), at);
  END IF;
  -- The number first: who draws a later one may be missing among the writers.
  SELECT last_value INTO barrier.until_event FROM audit_events_id_seq;
  UPDATE audit_barrier SET until_event = barrier.until_event, writers = array(SELECT l.virtualtransaction FROM pg_locks l
    WHERE l.relation = 'audit_events'::regclass AND l.mode = 'RowExclusiveLock'
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())) WHERE id = 1;
  RETURN sealed;
END $$;

-- ── Accounts and slots ───────────────────────────────────────────────────────────────────────────────────────────────

-- The accounts that a booking of this user for this project on this platform touches; each found by its key.
CREATE FUNCTION accounts_of(for_platform uuid, for_project uuid, for_user uuid) RETURNS SETOF accounts LANGUAGE sql STABLE ROWS 3 AS $$
  SELECT * FROM accounts WHERE platform_id = for_platform AND kind = 'platform' AND project_id IS NULL AND user_id IS NULL
  UNION ALL
  SELECT * FROM accounts WHERE platform_id = for_platform AND kind = 'project' AND project_id = for_project AND user_id IS NULL
  UNION ALL
  SELECT * FROM accounts WHERE platform_id = for_platform AND kind = 'user' AND project_id IS NULL AND user_id = for_user
$$;

-- The account; with a budget it is locked until the end, as that is a sum over several of its rows. An administrator who
-- gives an account its first budget waits for all who have read it without (`apply_limits`).
CREATE FUNCTION guarded(a accounts) RETURNS accounts LANGUAGE plpgsql AS $$
BEGIN
  IF has_budget(a) THEN
    SELECT * INTO STRICT a FROM accounts WHERE id = a.id FOR NO KEY UPDATE;
  END IF;
  RETURN a;
END $$;

-- Makes the ledger's rows of an account in [slot_from, slot_until) that are not there yet, with the account's limit.
CREATE FUNCTION open_slots(a accounts, slot_from timestamptz, slot_until timestamptz, minutes int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO ledger (account_id, slot, limit_cores, limit_memory_gib, limit_gpus)
    SELECT a.id, t.slot, a.limit_cores, a.limit_memory_gib, a.limit_gpus FROM slots_between(slot_from, slot_until, minutes) t (slot)
    ORDER BY t.slot ON CONFLICT DO NOTHING
$$;

-- Takes from an account's slots in [slot_from, slot_until), earliest first. A row is taken from only if it is open and what is
-- used stays within its limit; the first to use a slot makes its row, with the account's limit. Returns null when all were
-- taken; otherwise the slot that refused, and then nothing is taken.
CREATE FUNCTION take_slots(a accounts, slot_from timestamptz, slot_until timestamptz, minutes int, c int, m int, g int)
RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  within_limits boolean := c <= a.limit_cores AND m <= a.limit_memory_gib AND g <= a.limit_gpus;
  t timestamptz := slot_from;
BEGIN
  WHILE t < slot_until LOOP
    IF within_limits THEN
      INSERT INTO ledger AS l (account_id, slot, used_cores, used_memory_gib, used_gpus, limit_cores, limit_memory_gib, limit_gpus)
        VALUES (a.id, t, c, m, g, a.limit_cores, a.limit_memory_gib, a.limit_gpus)
        ON CONFLICT (account_id, slot) DO UPDATE SET used_cores = l.used_cores + c, used_memory_gib = l.used_memory_gib + m,
          used_gpus = l.used_gpus + g
        WHERE l.closed IS NULL AND l.used_cores + c <= l.limit_cores AND l.used_memory_gib + m <= l.limit_memory_gib
          AND (g = 0 OR l.used_gpus + g <= l.limit_gpus);
    ELSE
      -- Only a row with a higher limit of its own could have this much.
      UPDATE ledger l SET used_cores = l.used_cores + c, used_memory_gib = l.used_memory_gib + m, used_gpus = l.used_gpus + g
        WHERE l.account_id = a.id AND l.slot = t AND l.closed IS NULL AND l.used_cores + c <= l.limit_cores
          AND l.used_memory_gib + m <= l.limit_memory_gib AND (g = 0 OR l.used_gpus + g <= l.limit_gpus);
    END IF;
    IF NOT FOUND THEN
      PERFORM give_slots(a.id, slot_from, t, c, m, g);
      RETURN t;
    END IF;
    t := t + make_interval(mins => minutes);
  END LOOP;
  RETURN NULL;
END $$;

-- Gives back to an account's slots in [slot_from, slot_until), earliest first.
CREATE FUNCTION give_slots(account bigint, slot_from timestamptz, slot_until timestamptz, c int, m int, g int)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t timestamptz;
BEGIN
  FOR t IN SELECT slot FROM ledger WHERE account_id = account AND slot >= slot_from AND slot < slot_until ORDER BY slot LOOP
    UPDATE ledger SET used_cores = used_cores - c, used_memory_gib = used_memory_gib - m, used_gpus = used_gpus - g
      WHERE account_id = account AND slot = t;
  END LOOP;
END $$;

-- Whether an account's hours in the window, from the running slot on, are above its budget now that something was added: only
-- what grew is refused, as a budget may have been lowered under what was promised.
CREATE FUNCTION budget_refuses(a accounts, at timestamptz, minutes int, window_hours int, more_cores int, more_gpus int)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(more_cores > 0 AND sum(l.used_cores) * minutes > a.limit_core_hours::bigint * 60, false)
      OR coalesce(more_gpus > 0 AND sum(l.used_gpus) * minutes > a.limit_gpu_hours::bigint * 60, false)
  FROM ledger l WHERE l.account_id = a.id AND l.slot >= slot_start(at, minutes)
    AND l.slot < slot_start(at, minutes) + make_interval(hours => window_hours)
$$;
CREATE FUNCTION has_budget(a accounts) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT a.limit_core_hours IS NOT NULL OR a.limit_gpu_hours IS NOT NULL
$$;

CREATE FUNCTION refusal(code text, account text DEFAULT NULL, slot timestamptz DEFAULT NULL) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('ok', false, 'code', code, 'account', account, 'slot', slot))
$$;

-- ── Offers ───────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Why an account would refuse an offer as it stands now, or null. A slot without a row has the account's limits.
CREATE FUNCTION would_refuse(a accounts, o offered) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  full_at timestamptz;
BEGIN
  SELECT l.slot INTO full_at FROM ledger l WHERE l.account_id = a.id AND l.slot >= o.slots_from AND l.slot < o.slots_until
    AND (l.used_cores + o.cores > l.limit_cores OR l.used_memory_gib + o.memory_gib > l.limit_memory_gib
      OR (o.gpus > 0 AND l.used_gpus + o.gpus > l.limit_gpus)) ORDER BY l.slot LIMIT 1;
  IF NOT FOUND AND (o.cores > a.limit_cores OR o.memory_gib > a.limit_memory_gib OR o.gpus > a.limit_gpus) THEN
    full_at := o.slots_from;
  END IF;
  RETURN CASE WHEN full_at IS NOT NULL THEN refusal('QUOTA_REACHED', a.kind, full_at) END;
END $$;

-- Makes an offer set with its sessions and holds the platform's capacity for all of them, or changes nothing.
-- The project's and the user's limits are checked for each offer by itself, as only one can be accepted. `waiting`: the
-- place in the waiting list that the offers are for, or null; that must still be waiting.
-- Answers {"ok": true} or {"ok": false, "code", "account"?, "slot"?}.
CREATE FUNCTION hold_offers(set_id uuid, for_platform uuid, for_project uuid, for_user uuid, request jsonb,
  offers offered[], at timestamptz, who text, correlation uuid, waiting uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p platforms;
  platform_account accounts;
  project_account accounts;
  user_account accounts;
  refused_by jsonb;
  refused_at timestamptz;
  o offered;
  held int := 0;
BEGIN
  IF waiting IS NOT NULL THEN
    PERFORM FROM waitlist w WHERE w.id = waiting AND w.state = 'WAITING' FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RETURN refusal('NOT_FOUND');
    END IF;
  END IF;
  SELECT * INTO STRICT user_account FROM accounts
    WHERE platform_id = for_platform AND kind = 'user' AND project_id IS NULL AND user_id = for_user FOR NO KEY UPDATE;
  -- Whoever cuts time anew waits for that lock, or was waited for.
  SELECT * INTO STRICT p FROM platforms WHERE id = for_platform;
  SELECT * INTO STRICT project_account FROM accounts_of(for_platform, for_project, NULL) WHERE kind = 'project';
  SELECT * INTO STRICT platform_account FROM accounts_of(for_platform, NULL, NULL) WHERE kind = 'platform';
  platform_account := guarded(platform_account);

  IF EXISTS (SELECT FROM unnest(offers) x WHERE x.slots_from <> slot_start(x.slots_from, p.slot_minutes)
      OR x.slots_until <> slot_start(x.slots_until, p.slot_minutes)) THEN
    RETURN refusal('PLATFORM_CHANGED');
  END IF;
  IF waiting IS NULL AND (SELECT count(*) FROM offer_sets s WHERE s.user_id = for_user AND s.platform_id = for_platform
      AND s.closed_at IS NULL AND s.expires_at > at
      AND EXISTS (SELECT FROM sessions x WHERE x.offer_set_id = s.id AND x.phase = 'OFFERED')) >= user_account.limit_offer_sets THEN
    RETURN refusal('TOO_MANY_OFFERS', 'user');
  END IF;

  FOREACH o IN ARRAY offers LOOP
    refused_by := coalesce(would_refuse(project_account, o), would_refuse(user_account, o));
    IF refused_by IS NOT NULL THEN
      RETURN refused_by;
    END IF;
  END LOOP;

  FOREACH o IN ARRAY offers LOOP
    refused_at := take_slots(platform_account, o.slots_from, o.slots_until, p.slot_minutes, o.cores, o.memory_gib, o.gpus);
    EXIT WHEN refused_at IS NOT NULL;
    held := held + 1;
  END LOOP;
  IF refused_at IS NOT NULL THEN
    refused_by := refusal('NO_CAPACITY', 'platform', refused_at);
  ELSIF has_budget(platform_account) AND budget_refuses(platform_account, at, p.slot_minutes, p.window_hours,
      (SELECT sum(x.cores)::int FROM unnest(offers) x), (SELECT sum(x.gpus)::int FROM unnest(offers) x)) THEN
    refused_by := refusal('BUDGET_REACHED', 'platform');
  END IF;
  IF refused_by IS NOT NULL THEN
    FOREACH o IN ARRAY offers[:held] LOOP
      PERFORM give_slots(platform_account.id, o.slots_from, o.slots_until, o.cores, o.memory_gib, o.gpus);
    END LOOP;
    RETURN refused_by;
  END IF;

  INSERT INTO offer_sets (id, platform_id, project_id, user_id, request, created_at, expires_at)
    SELECT set_id, for_platform, for_project, for_user, request, at, max(x.expires_at) FROM unnest(offers) x;
  INSERT INTO sessions (id, name, offer_set_id, platform_id, project_id, user_id, position, strategy, executable, cores,
      memory_gib, gpus, phase, phase_since, moved_by, starts_at, ends_at, starts_now, slots_from, slots_until, expires_at, correlation_id)
    SELECT x.id, x.name, set_id, for_platform, for_project, for_user, x.position, x.strategy, x.executable, x.cores,
      x.memory_gib, x.gpus, 'OFFERED', at, who, x.starts_at, x.ends_at, x.starts_now, x.slots_from, x.slots_until, x.expires_at, correlation
    FROM unnest(offers) x;
  IF waiting IS NOT NULL THEN
    UPDATE waitlist SET state = 'OFFERED', state_since = at, offer_set_id = set_id WHERE id = waiting;
  END IF;
  RETURN jsonb_build_object('ok', true);
END $$;

-- Puts somebody into the waiting list of a platform, unless they wait for the same thing or in `most` places already.
-- Returns what is in the way, "same" or "many", or null.
CREATE FUNCTION join_waitlist(wait_id uuid, for_platform uuid, for_project uuid, for_user uuid, asked jsonb, until_at timestamptz,
  most int, now_at timestamptz) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM accounts WHERE platform_id = for_platform AND kind = 'user' AND project_id IS NULL AND user_id = for_user FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM waitlist w WHERE w.user_id = for_user AND w.platform_id = for_platform AND w.state IN ('WAITING', 'OFFERED')
      AND w.request = asked) THEN
    RETURN 'same';
  ELSIF (SELECT count(*) FROM waitlist w WHERE w.user_id = for_user AND w.platform_id = for_platform
      AND w.state IN ('WAITING', 'OFFERED')) >= most THEN
    RETURN 'many';
  END IF;
  INSERT INTO waitlist (id, platform_id, project_id, user_id, request, state, state_since, joined_at, until_at)
    VALUES (wait_id, for_platform, for_project, for_user, asked, 'WAITING', now_at, now_at, join_waitlist.until_at);
  RETURN NULL;
END $$;

-- Ends those of the sessions that are in one of the phases `before`: moves them to `after` and gives back what they have
-- not used yet: an offer its whole hold, a booking the slots from the running one on. Returns the ones it moved. Whatever
-- may be running on the platform is the worker's: it removes what is over and not released.
CREATE FUNCTION end_sessions(ids uuid[], before text[], after text, at timestamptz, who text, why text, correlation uuid)
RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE
  ending uuid[];
  b record;
BEGIN
  ending := array(SELECT s.id FROM sessions s WHERE s.id = ANY (ids) AND s.phase = ANY (before) ORDER BY s.id FOR NO KEY UPDATE);
  IF cardinality(ending) = 0 THEN
    RETURN ending;
  END IF;
  FOR b IN SELECT * FROM to_give_back(ending, at) g ORDER BY g.account_id, g.slot LOOP
    UPDATE ledger l SET used_cores = l.used_cores - b.cores, used_memory_gib = l.used_memory_gib - b.memory_gib,
      used_gpus = l.used_gpus - b.gpus WHERE l.account_id = b.account_id AND l.slot = b.slot;
  END LOOP;
  -- What never came near the platform is released with it.
  UPDATE sessions s SET phase = after, phase_since = at, moved_by = who, reason = why, correlation_id = correlation,
      released_at = CASE WHEN s.phase IN ('OFFERED', 'ACCEPTED', 'WAITING') THEN at ELSE s.released_at END,
      slots_until = CASE WHEN s.accepted_at IS NULL THEN s.slots_from
        ELSE least(s.slots_until, greatest(s.slots_from, slot_start(at, p.slot_minutes))) END
    FROM platforms p WHERE p.id = s.platform_id AND s.id = ANY (ending);
  -- The last in the order of locks: of two who end offers of one set, the second sees what the first did.
  PERFORM FROM offer_sets o WHERE o.id IN (SELECT s.offer_set_id FROM sessions s WHERE s.id = ANY (ending)) ORDER BY o.id FOR NO KEY UPDATE;
  UPDATE offer_sets o SET closed_at = at
    WHERE o.closed_at IS NULL AND o.id IN (SELECT s.offer_set_id FROM sessions s WHERE s.id = ANY (ending))
      AND NOT EXISTS (SELECT FROM sessions s WHERE s.offer_set_id = o.id AND s.phase = 'OFFERED');
  RETURN ending;
END $$;

-- What sessions that end at this time give back to the ledger, by account and slot.
CREATE FUNCTION to_give_back(ids uuid[], at timestamptz)
RETURNS TABLE (account_id bigint, slot timestamptz, cores int, memory_gib int, gpus int) LANGUAGE sql STABLE ROWS 8 AS $$
  SELECT a.id, t.slot, sum(s.cores)::int, sum(s.memory_gib)::int, sum(s.gpus)::int
  FROM sessions s JOIN platforms p ON p.id = s.platform_id,
    accounts_of(s.platform_id, s.project_id, s.user_id) a,
    slots_between(CASE WHEN s.accepted_at IS NULL THEN s.slots_from
      ELSE greatest(s.slots_from, slot_start(at, p.slot_minutes)) END, s.slots_until, p.slot_minutes) t (slot)
  WHERE s.id = ANY (ids) AND (a.kind = 'platform' OR s.accepted_at IS NOT NULL)
  GROUP BY a.id, t.slot
$$;

-- ── Bookings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Whether a session counts against the cap on open bookings, as `openPhases` in lib/booking/phase.ts.
CREATE FUNCTION is_open(phase text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT phase IN ('ACCEPTED', 'WAITING', 'PREPARING', 'AVAILABLE', 'RUNNING', 'RELEASING')
$$;

-- Books an offer: its hold becomes a booking, its siblings are rejected and their holds freed, project and user are
-- debited; or nothing changes. Accepting what is accepted already is a yes. `accept_key`: the caller's own name for this
-- acceptance, or null; one name cannot stand for two offers.
-- Answers {"ok": true} or {"ok": false, "code", "account"?, "slot"?}.
CREATE FUNCTION accept_offer(offer uuid, for_user uuid, at timestamptz, who text, accept_key text, correlation uuid)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  s record;
  o record;
  for_platform uuid;
  for_project uuid;
  for_set uuid;
  minutes int;
  window_hours int;
  open_bookings bigint;
  is_member boolean;
  project_account accounts;
  user_account accounts;
  first_account accounts;
  second_account accounts;
  platform_account bigint;
  siblings uuid[] := '{}';
  refused_at timestamptz;
  refused jsonb;
  known uuid;
BEGIN
  SELECT x.platform_id, x.project_id, x.offer_set_id INTO for_platform, for_project, for_set
    FROM sessions x WHERE x.id = offer AND x.user_id = for_user;
  IF NOT FOUND THEN
    RETURN refusal('NOT_FOUND');
  END IF;
  SELECT * INTO STRICT user_account FROM accounts
    WHERE platform_id = for_platform AND kind = 'user' AND project_id IS NULL AND user_id = for_user FOR NO KEY UPDATE;
  SELECT * INTO STRICT project_account FROM accounts_of(for_platform, for_project, NULL) WHERE kind = 'project';
  IF has_budget(project_account) THEN
    project_account := guarded(project_account);
  END IF;
  FOR o IN SELECT x.id, x.phase, x.accepted_at, x.expires_at, x.starts_now, x.slots_from, x.slots_until, x.cores, x.memory_gib, x.gpus
      FROM sessions x WHERE x.offer_set_id = for_set ORDER BY x.id FOR NO KEY UPDATE LOOP
    IF o.id = offer THEN
      s := o;
    ELSIF o.phase = 'OFFERED' THEN
      siblings := siblings || o.id;
    END IF;
  END LOOP;
  IF accept_key IS NOT NULL THEN
    SELECT session_id INTO known FROM accept_keys k WHERE k.user_id = for_user AND k.key = accept_key;
    IF known <> offer THEN
      RETURN refusal('KEY_REUSED');
    END IF;
  END IF;
  IF s.accepted_at IS NOT NULL THEN
    RETURN jsonb_build_object('ok', true);
  ELSIF s.phase = 'EXPIRED' OR (s.phase = 'OFFERED' AND s.expires_at <= at) THEN
    RETURN refusal('OFFER_EXPIRED');
  ELSIF s.phase <> 'OFFERED' THEN
    RETURN refusal('OFFER_GONE');
  END IF;
  SELECT p.slot_minutes, p.window_hours, (SELECT count(*) FROM sessions x WHERE x.user_id = for_user AND x.platform_id = p.id
        AND x.accepted_at IS NOT NULL AND x.released_at IS NULL AND is_open(x.phase)),
      EXISTS (SELECT FROM project_members m WHERE m.project_id = for_project AND m.user_id = for_user)
    INTO STRICT minutes, window_hours, open_bookings, is_member FROM platforms p WHERE p.id = for_platform;
  IF open_bookings >= user_account.limit_open_bookings THEN
    RETURN refusal('QUOTA_REACHED', 'bookings');
  ELSIF NOT is_member THEN
    RETURN refusal('NOT_ALLOWED', 'project');
  END IF;
  IF accept_key IS NOT NULL THEN
    -- Somebody who accepts with the same key on another platform right now is waited for.
    INSERT INTO accept_keys (user_id, key, session_id, at) VALUES (for_user, accept_key, offer, at) ON CONFLICT DO NOTHING;
    IF NOT FOUND AND (SELECT k.session_id FROM accept_keys k WHERE k.user_id = for_user AND k.key = accept_key) <> offer THEN
      RETURN refusal('KEY_REUSED');
    END IF;
  END IF;

  IF cardinality(siblings) > 0 THEN
    -- The platform's rows are the first ones in the order of locks; a refusal below takes them again.
    SELECT id INTO STRICT platform_account FROM accounts_of(for_platform, NULL, NULL) WHERE kind = 'platform';
    PERFORM give_slots(platform_account, x.slots_from, x.slots_until, x.cores, x.memory_gib, x.gpus)
      FROM (SELECT * FROM sessions WHERE id = ANY (siblings) ORDER BY slots_from) x;
  END IF;
  IF project_account.id < user_account.id THEN
    first_account := project_account; second_account := user_account;
  ELSE
    first_account := user_account; second_account := project_account;
  END IF;
  refused_at := take_slots(first_account, s.slots_from, s.slots_until, minutes, s.cores, s.memory_gib, s.gpus);
  IF refused_at IS NOT NULL THEN
    refused := refusal('QUOTA_REACHED', first_account.kind, refused_at);
  ELSE
    refused_at := take_slots(second_account, s.slots_from, s.slots_until, minutes, s.cores, s.memory_gib, s.gpus);
    IF refused_at IS NOT NULL THEN
      refused := refusal('QUOTA_REACHED', second_account.kind, refused_at);
    ELSE
      IF has_budget(user_account) AND budget_refuses(user_account, at, minutes, window_hours, s.cores, s.gpus) THEN
        refused := refusal('BUDGET_REACHED', 'user');
      ELSIF has_budget(project_account) AND budget_refuses(project_account, at, minutes, window_hours, s.cores, s.gpus) THEN
        refused := refusal('BUDGET_REACHED', 'project');
      END IF;
      IF refused IS NOT NULL THEN
        PERFORM give_slots(second_account.id, s.slots_from, s.slots_until, s.cores, s.memory_gib, s.gpus);
      END IF;
    END IF;
    IF refused IS NOT NULL THEN
      PERFORM give_slots(first_account.id, s.slots_from, s.slots_until, s.cores, s.memory_gib, s.gpus);
    END IF;
  END IF;
  IF refused IS NOT NULL THEN
    PERFORM give_slots(platform_account, x.slots_from, x.slots_until, -x.cores, -x.memory_gib, -x.gpus)
      FROM sessions x WHERE x.id = ANY (siblings);
    DELETE FROM accept_keys k WHERE k.user_id = for_user AND k.key = accept_key AND k.session_id = offer;
    RETURN refused;
  END IF;

  IF cardinality(siblings) > 0 THEN
    UPDATE sessions SET phase = 'REJECTED', phase_since = at, moved_by = who, reason = 'Another offer of the same set was accepted.',
      correlation_id = correlation, released_at = at, slots_until = slots_from WHERE id = ANY (siblings);
  END IF;
  -- Its start is written only where it changes: a trigger that looks at the columns written would be made ready for nothing.
  IF s.starts_now THEN
    UPDATE sessions SET phase = 'ACCEPTED', phase_since = at, moved_by = who, accepted_at = at, correlation_id = correlation,
      starts_at = greatest(starts_at, at) WHERE id = offer;
  ELSE
    UPDATE sessions SET phase = 'ACCEPTED', phase_since = at, moved_by = who, accepted_at = at, correlation_id = correlation WHERE id = offer;
  END IF;
  UPDATE offer_sets SET closed_at = at WHERE id = for_set;
  RETURN jsonb_build_object('ok', true);
END $$;

-- Gives a booking another time, in one of the phases `allowed`: what it has and the new one does not need is given back, what
-- the new one needs beside it is taken, in all three accounts; or nothing changes and it keeps what it has. Extending,
-- shortening and moving are this. `old_from`, `old_until`: the slots the caller saw; another booking since then means AGAIN.
-- Answers {"ok": true} or {"ok": false, "code", "account"?, "slot"?}.
CREATE FUNCTION change_booking(booking uuid, for_user uuid, allowed text[], old_from timestamptz, old_until timestamptz,
  new_starts timestamptz, new_ends timestamptz, new_from timestamptz, new_until timestamptz, at timestamptz, who text, why text,
  correlation uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  s sessions;
  p platforms;
  platform_account accounts;
  project_account accounts;
  user_account accounts;
  a accounts;
  sorted accounts[];
  step interval;
  t timestamptz;
  first_slot timestamptz := least(old_from, new_from);
  last_slot timestamptz := greatest(old_until, new_until);
  more int := CASE WHEN new_until - new_from > old_until - old_from THEN 1 ELSE 0 END;
  code text;
  refused_by text;
  refused_at timestamptz;
BEGIN
  SELECT * INTO s FROM sessions WHERE id = booking;
  IF NOT FOUND OR s.user_id <> for_user OR s.accepted_at IS NULL THEN
    RETURN refusal('NOT_FOUND');
  END IF;
  SELECT * INTO STRICT user_account FROM accounts
    WHERE platform_id = s.platform_id AND kind = 'user' AND project_id IS NULL AND user_id = for_user FOR NO KEY UPDATE;
  SELECT * INTO STRICT project_account FROM accounts_of(s.platform_id, s.project_id, NULL) WHERE kind = 'project';
  project_account := guarded(project_account);
  SELECT * INTO STRICT platform_account FROM accounts_of(s.platform_id, NULL, NULL) WHERE kind = 'platform';
  platform_account := guarded(platform_account);
  SELECT * INTO STRICT s FROM sessions WHERE id = booking FOR NO KEY UPDATE;
  SELECT * INTO STRICT p FROM platforms WHERE id = s.platform_id;
  IF s.phase <> ALL (allowed) OR s.ends_at <= at THEN
    RETURN refusal(CASE WHEN is_open(s.phase) AND s.phase <> 'RELEASING' AND s.ends_at > at THEN 'TOO_LATE' ELSE 'ALREADY_OVER' END);
  ELSIF s.slots_from <> old_from OR s.slots_until <> old_until THEN
    RETURN refusal('AGAIN');
  ELSIF new_from <> slot_start(new_from, p.slot_minutes) OR new_until <> slot_start(new_until, p.slot_minutes) THEN
    RETURN refusal('PLATFORM_CHANGED');
  END IF;

  step := make_interval(mins => p.slot_minutes);
  sorted := array(SELECT x FROM unnest(ARRAY[platform_account, project_account, user_account]) x ORDER BY (x).id);
  <<taking>>
  FOREACH a IN ARRAY sorted LOOP
    t := first_slot;
    WHILE t < last_slot LOOP
      IF t >= old_from AND t < old_until AND NOT (t >= new_from AND t < new_until) THEN
        PERFORM give_slots(a.id, t, t + step, s.cores, s.memory_gib, s.gpus);
      ELSIF t >= new_from AND t < new_until AND NOT (t >= old_from AND t < old_until) THEN
        IF take_slots(a, t, t + step, p.slot_minutes, s.cores, s.memory_gib, s.gpus) IS NOT NULL THEN
          refused_at := t;
          refused_by := a.kind;
          EXIT taking;
        END IF;
      END IF;
      t := t + step;
    END LOOP;
  END LOOP;
  code := CASE WHEN refused_by = 'platform' THEN 'NO_CAPACITY' WHEN refused_by IS NOT NULL THEN 'QUOTA_REACHED' END;
  IF code IS NULL THEN
    FOREACH a IN ARRAY sorted LOOP
      CONTINUE WHEN NOT has_budget(a) OR NOT budget_refuses(a, at, p.slot_minutes, p.window_hours, more * s.cores, more * s.gpus);
      code := 'BUDGET_REACHED';
      refused_by := a.kind;
      EXIT;
    END LOOP;
  END IF;
  IF code IS NOT NULL THEN
    -- Everything that was changed above is changed back; all those rows are ours until the end.
    <<undo>>
    FOREACH a IN ARRAY sorted LOOP
      t := first_slot;
      WHILE t < last_slot LOOP
        EXIT undo WHEN refused_at = t AND refused_by = a.kind;
        IF t >= old_from AND t < old_until AND NOT (t >= new_from AND t < new_until) THEN
          PERFORM give_slots(a.id, t, t + step, -s.cores, -s.memory_gib, -s.gpus);
        ELSIF t >= new_from AND t < new_until AND NOT (t >= old_from AND t < old_until) THEN
          PERFORM give_slots(a.id, t, t + step, s.cores, s.memory_gib, s.gpus);
        END IF;
        t := t + step;
      END LOOP;
    END LOOP;
    RETURN refusal(code, refused_by, refused_at);
  END IF;

  PERFORM act_as(who, at, why, correlation);
  UPDATE sessions SET starts_at = new_starts, ends_at = new_ends, starts_now = false, slots_from = new_from, slots_until = new_until,
    moved_by = who, correlation_id = correlation, idle_since = NULL WHERE id = s.id;
  RETURN jsonb_build_object('ok', true);
END $$;

-- ── Limits that change ───────────────────────────────────────────────────────────────────────────────────────────────

-- The sessions that stand in an account's ledger at or after a slot.
CREATE FUNCTION sessions_in(a accounts, slot_from timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT s.id FROM sessions s WHERE s.platform_id = a.platform_id AND s.slots_until > slot_from AND s.slots_until > s.slots_from
    AND s.accepted_at IS NOT NULL AND s.released_at IS NULL
    AND (a.project_id IS NULL OR s.project_id = a.project_id) AND (a.user_id IS NULL OR s.user_id = a.user_id)
  UNION ALL
  SELECT s.id FROM sessions s WHERE a.kind = 'platform' AND s.platform_id = a.platform_id AND s.slots_until > slot_from
    AND s.accepted_at IS NULL AND s.released_at IS NULL
$$;

-- What stands in an account from a slot on: its limits, its slots that are used, closed or have a limit of their own, and the
-- sessions in them. Two equal answers mean that nothing changed that a change of limits could depend on.
CREATE FUNCTION account_state(account bigint, slot_from timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('limits', limits_of(a), 'from', slot_from,
    'slots', coalesce((SELECT jsonb_agg(jsonb_build_object('start', extract(epoch FROM l.slot) * 1000, 'closed', l.closed,
        'used', jsonb_build_object('cores', l.used_cores, 'memoryGiB', l.used_memory_gib, 'gpus', l.used_gpus),
        'limit', jsonb_build_object('cores', l.limit_cores, 'memoryGiB', l.limit_memory_gib, 'gpus', l.limit_gpus)) ORDER BY l.slot)
      FROM ledger l WHERE l.account_id = a.id AND l.slot >= slot_from AND (l.used_cores > 0 OR l.used_memory_gib > 0 OR l.used_gpus > 0
        OR l.closed IS NOT NULL OR (l.limit_cores, l.limit_memory_gib, l.limit_gpus) IS DISTINCT FROM (a.limit_cores, a.limit_memory_gib, a.limit_gpus))), '[]'),
    'sessions', coalesce((SELECT jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'user', u.name, 'project', j.name, 'phase', s.phase,
        'acceptedAt', extract(epoch FROM s.accepted_at) * 1000, 'startsAt', extract(epoch FROM s.starts_at) * 1000,
        'endsAt', extract(epoch FROM s.ends_at) * 1000, 'from', extract(epoch FROM greatest(s.slots_from, slot_from)) * 1000,
        'until', extract(epoch FROM s.slots_until) * 1000, 'cores', s.cores, 'memoryGiB', s.memory_gib, 'gpus', s.gpus) ORDER BY s.id)
      FROM sessions_in(a, slot_from) x JOIN sessions s ON s.id = x JOIN users u ON u.id = s.user_id JOIN projects j ON j.id = s.project_id), '[]'))
  FROM accounts a WHERE a.id = account
$$;

-- Applies what a preview said, if nothing has changed since: `seen` is the hash of the state that the preview looked at.
-- `limits`: the new ones, whole. `closings`: slots to close (with a reason) or to open (null), platforms only. `cancel`: the
-- sessions that are cancelled; what remains above a limit is honoured.
-- Answers {"ok": true} or {"ok": false, "code": "PREVIEW_STALE" | "NOT_FOUND"}.
CREATE FUNCTION apply_limits(account bigint, seen text, slot_from timestamptz, limits jsonb, closings jsonb, cancel uuid[],
  at timestamptz, who text, why text, correlation uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  a accounts;
  p platforms;
  sessions_now uuid[];
  touched record;
BEGIN
  IF limits->>'coreHours' IS NOT NULL OR limits->>'gpuHours' IS NOT NULL THEN
    -- Whoever has read it without a budget finishes first; whoever comes later reads it with one.
    LOCK TABLE accounts IN EXCLUSIVE MODE;
  END IF;
  SELECT * INTO a FROM accounts WHERE id = account FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN refusal('NOT_FOUND');
  END IF;
  SELECT * INTO STRICT p FROM platforms WHERE id = a.platform_id;
  sessions_now := array(SELECT s.id FROM sessions s WHERE s.id IN (SELECT sessions_in(a, slot_from)) OR s.id = ANY (cancel)
    ORDER BY s.id FOR NO KEY UPDATE);
  -- In the order of all: rows of accounts before this one come before its own, also before those that are only made.
  FOR touched IN SELECT b.account_id, b.slot FROM to_give_back(cancel, at) b WHERE b.account_id < a.id ORDER BY 1, 2 LOOP
    PERFORM FROM ledger l WHERE l.account_id = touched.account_id AND l.slot = touched.slot FOR NO KEY UPDATE;
  END LOOP;
  -- Rows that somebody makes from now on would have the old limit: so all of the window are made first.
  PERFORM open_slots(a, slot_from, slot_from + make_interval(hours => p.window_hours) + 2 * make_interval(mins => p.slot_minutes), p.slot_minutes);
  INSERT INTO ledger (account_id, slot, limit_cores, limit_memory_gib, limit_gpus)
    SELECT a.id, (c->>'slot')::timestamptz, a.limit_cores, a.limit_memory_gib, a.limit_gpus FROM jsonb_array_elements(closings) c
    ORDER BY 2 ON CONFLICT DO NOTHING;
  FOR touched IN SELECT l.account_id, l.slot FROM ledger l WHERE l.account_id = a.id AND l.slot >= slot_from
      UNION SELECT b.account_id, b.slot FROM to_give_back(cancel, at) b ORDER BY 1, 2 LOOP
    PERFORM FROM ledger l WHERE l.account_id = touched.account_id AND l.slot = touched.slot FOR NO KEY UPDATE;
  END LOOP;
  IF slot_from <> slot_start(at, p.slot_minutes) OR md5(account_state(account, slot_from)::text) <> seen
      OR NOT cancel <@ sessions_now THEN
    RETURN refusal('PREVIEW_STALE');
  END IF;

  PERFORM act_as(who, at, why, correlation);
  UPDATE accounts SET limit_cores = (limits->>'cores')::int, limit_memory_gib = (limits->>'memoryGiB')::int, limit_gpus = (limits->>'gpus')::int,
    limit_core_hours = (limits->>'coreHours')::int, limit_gpu_hours = (limits->>'gpuHours')::int,
    limit_open_bookings = (limits->>'openBookings')::int, limit_offer_sets = (limits->>'offerSets')::int WHERE id = a.id;
  PERFORM end_sessions(cancel, ARRAY['OFFERED'], 'REJECTED', at, who, why, correlation);
  PERFORM end_sessions(cancel, ARRAY['ACCEPTED', 'WAITING', 'PREPARING', 'AVAILABLE', 'RUNNING'], 'CANCELLED', at, who, why, correlation);
  UPDATE ledger l SET limit_cores = n.limit_cores, limit_memory_gib = n.limit_memory_gib, limit_gpus = n.limit_gpus,
      honoured_cores = CASE WHEN l.used_cores > n.limit_cores THEN l.used_cores ELSE 0 END,
      honoured_memory_gib = CASE WHEN l.used_memory_gib > n.limit_memory_gib THEN l.used_memory_gib ELSE 0 END,
      honoured_gpus = CASE WHEN l.used_gpus > n.limit_gpus THEN l.used_gpus ELSE 0 END
    FROM accounts n WHERE n.id = a.id AND l.account_id = a.id AND l.slot >= slot_from;
  UPDATE ledger l SET closed = c->>'closed' FROM jsonb_array_elements(closings) c
    WHERE l.account_id = a.id AND l.slot = (c->>'slot')::timestamptz;
  IF jsonb_array_length(closings) > 0 THEN
    INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why, correlation_id)
    VALUES (at, who, a.kind, a.platform_id, 'SLOTS', NULL, closings, why, correlation);
  END IF;
  RETURN jsonb_build_object('ok', true);
END $$;

-- A request counted in slots of another length: at least as long as it was.
CREATE FUNCTION in_other_slots(request jsonb, minutes_before int, minutes int) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT request || jsonb_strip_nulls(jsonb_build_object(
    'durationSlots', ceil((request->>'durationSlots')::numeric * minutes_before / minutes),
    'minDurationSlots', ceil((request->>'minDurationSlots')::numeric * minutes_before / minutes)))
$$;

-- Cuts a platform's time anew. Its bookings stay as they are: each stands in the new slots that it touches, and what is above
-- a limit by that is honoured. Everybody else waits for the moment that this takes.
CREATE FUNCTION resize_slots(platform uuid, minutes int, hours int, at timestamptz, who text, why text, correlation uuid)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  was platforms;
BEGIN
  LOCK TABLE accounts, sessions, ledger IN EXCLUSIVE MODE;
  SELECT * INTO STRICT was FROM platforms WHERE id = platform FOR NO KEY UPDATE;
  UPDATE platforms SET slot_minutes = minutes, window_hours = hours WHERE id = platform;
  INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why, correlation_id)
  VALUES (at, who, 'platform', platform, 'SLOTS', jsonb_build_object('slotMinutes', was.slot_minutes, 'windowHours', was.window_hours),
    jsonb_build_object('slotMinutes', minutes, 'windowHours', hours), why, correlation);
  IF minutes = was.slot_minutes THEN
    RETURN;
  END IF;
  UPDATE series SET duration_slots = ceil(duration_slots * was.slot_minutes / minutes::numeric) WHERE platform_id = platform;
  UPDATE waitlist SET request = in_other_slots(request, was.slot_minutes, minutes) WHERE platform_id = platform AND state = 'WAITING';
  UPDATE offer_sets SET request = in_other_slots(request, was.slot_minutes, minutes) WHERE platform_id = platform AND closed_at IS NULL;
  CREATE TEMPORARY TABLE closed_before ON COMMIT DROP AS
    SELECT l.account_id, l.slot, l.closed FROM ledger l JOIN accounts a ON a.id = l.account_id
    WHERE a.platform_id = platform AND l.closed IS NOT NULL;
  DELETE FROM ledger l USING accounts a WHERE a.id = l.account_id AND a.platform_id = platform;
  UPDATE sessions s SET slots_from = slot_start(s.slots_from, minutes),
      slots_until = CASE WHEN s.slots_until <= s.slots_from THEN slot_start(s.slots_from, minutes)
        WHEN is_open(s.phase) OR s.phase = 'OFFERED'
          THEN slot_start(s.slots_until - interval '1 millisecond', minutes) + make_interval(mins => minutes)
        -- What is over takes nothing of the running slot.
        ELSE greatest(slot_start(s.slots_from, minutes), least(slot_start(at, minutes),
          slot_start(s.slots_until - interval '1 millisecond', minutes) + make_interval(mins => minutes))) END
    WHERE s.platform_id = platform;
  INSERT INTO ledger (account_id, slot, used_cores, used_memory_gib, used_gpus, limit_cores, limit_memory_gib, limit_gpus,
      honoured_cores, honoured_memory_gib, honoured_gpus)
    SELECT a.id, b.slot, b.cores, b.memory_gib, b.gpus, a.limit_cores, a.limit_memory_gib, a.limit_gpus,
      CASE WHEN b.cores > a.limit_cores THEN b.cores ELSE 0 END, CASE WHEN b.memory_gib > a.limit_memory_gib THEN b.memory_gib ELSE 0 END,
      CASE WHEN b.gpus > a.limit_gpus THEN b.gpus ELSE 0 END
    FROM booked(platform, '-infinity') b JOIN accounts a ON a.id = b.account_id;
  INSERT INTO ledger (account_id, slot, limit_cores, limit_memory_gib, limit_gpus, closed)
    SELECT DISTINCT ON (a.id, t.slot) a.id, t.slot, a.limit_cores, a.limit_memory_gib, a.limit_gpus, c.closed
    FROM closed_before c JOIN accounts a ON a.id = c.account_id,
      slots_between(slot_start(c.slot, minutes), c.slot + make_interval(mins => was.slot_minutes), minutes) t (slot)
    ON CONFLICT (account_id, slot) DO UPDATE SET closed = excluded.closed;
END $$;

-- What the sessions of a platform say that its ledger must hold from a slot on: the sum that the ledger stands for.
CREATE FUNCTION booked(platform uuid, slot_from timestamptz)
RETURNS TABLE (account_id bigint, slot timestamptz, cores int, memory_gib int, gpus int) LANGUAGE sql STABLE AS $$
  SELECT a.id, t.slot, sum(s.cores)::int, sum(s.memory_gib)::int, sum(s.gpus)::int
  FROM sessions s JOIN platforms p ON p.id = s.platform_id, accounts_of(s.platform_id, s.project_id, s.user_id) a,
    slots_between(s.slots_from, s.slots_until, p.slot_minutes) t (slot)
  WHERE s.platform_id = platform AND s.slots_until > slot_from AND t.slot >= slot_from
    AND (s.accepted_at IS NOT NULL OR (s.phase = 'OFFERED' AND a.kind = 'platform'))
  GROUP BY 1, 2
$$;

-- ── Integrity ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- The rows of a platform's ledger that differ from what its sessions say.
CREATE FUNCTION ledger_differences(platform uuid)
RETURNS TABLE (account_id bigint, slot timestamptz, used_cores int, used_memory_gib int, used_gpus int, cores int, memory_gib int, gpus int)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(l.account_id, b.account_id), coalesce(l.slot, b.slot), coalesce(l.used_cores, 0), coalesce(l.used_memory_gib, 0),
    coalesce(l.used_gpus, 0), coalesce(b.cores, 0), coalesce(b.memory_gib, 0), coalesce(b.gpus, 0)
  FROM (SELECT l.* FROM ledger l JOIN accounts a ON a.id = l.account_id WHERE a.platform_id = platform) l
    FULL JOIN booked(platform, '-infinity') b ON b.account_id = l.account_id AND b.slot = l.slot
  WHERE (coalesce(l.used_cores, 0), coalesce(l.used_memory_gib, 0), coalesce(l.used_gpus, 0))
    IS DISTINCT FROM (coalesce(b.cores, 0), coalesce(b.memory_gib, 0), coalesce(b.gpus, 0))
$$;

-- Makes a platform's ledger say what its sessions say; what is above a limit by that stays a finding. Everybody else waits for
-- the moment that this takes. Returns how many rows were put right.
CREATE FUNCTION repair_ledger(platform uuid, at timestamptz, who text, correlation uuid) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  repaired int;
BEGIN
  LOCK TABLE accounts, sessions, ledger IN EXCLUSIVE MODE;
  CREATE TEMPORARY TABLE different ON COMMIT DROP AS SELECT * FROM ledger_differences(platform);
  SELECT count(*) INTO repaired FROM different;
  INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why, correlation_id)
    SELECT at, who, 'platform', platform, 'REPAIRED',
      jsonb_build_object('account', d.account_id, 'slot', d.slot, 'cores', d.used_cores, 'memoryGiB', d.used_memory_gib, 'gpus', d.used_gpus),
      jsonb_build_object('account', d.account_id, 'slot', d.slot, 'cores', d.cores, 'memoryGiB', d.memory_gib, 'gpus', d.gpus),
      'The ledger was made to say what the sessions say.', correlation FROM different d;
  INSERT INTO ledger (account_id, slot, limit_cores, limit_memory_gib, limit_gpus)
    SELECT d.account_id, d.slot, a.limit_cores, a.limit_memory_gib, a.limit_gpus FROM different d JOIN accounts a ON a.id = d.account_id
    ON CONFLICT DO NOTHING;
  UPDATE ledger l SET used_cores = d.cores, used_memory_gib = d.memory_gib, used_gpus = d.gpus
    FROM different d WHERE d.account_id = l.account_id AND d.slot = l.slot;
  DROP TABLE different;
  RETURN repaired;
END $$;
