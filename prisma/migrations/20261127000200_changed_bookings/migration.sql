-- A booking that was to start at once stays one while it is extended and shortened: moved later, it has whole slots. And one that
-- is moved late asks the budgets for the hours that the window gains by it.

-- Gives a booking another time, in one of the phases `allowed`: what it has and the new one does not need is given back, what
-- the new one needs beside it is taken, in all three accounts; or nothing changes and it keeps what it has. Extending,
-- shortening and moving are this. `old_from`, `old_until`: the slots the caller saw; another booking since then means AGAIN.
-- Answers {"ok": true} or {"ok": false, "code", "account"?, "slot"?}.
CREATE OR REPLACE FUNCTION change_booking(booking uuid, for_user uuid, allowed text[], old_from timestamptz, old_until timestamptz,
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
  running timestamptz;
  more int;
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
  -- What has passed of a booking that was not launched takes nothing of the window that a budget is over; moved, it does again.
  running := slot_start(at, p.slot_minutes);
  more := CASE WHEN new_until - greatest(new_from, running) > old_until - greatest(old_from, running) THEN 1 ELSE 0 END;
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
  UPDATE sessions SET starts_at = new_starts, ends_at = new_ends, starts_now = s.starts_now AND new_starts = s.starts_at, slots_from = new_from, slots_until = new_until,
    moved_by = who, correlation_id = correlation, idle_since = NULL WHERE id = s.id;
  RETURN jsonb_build_object('ok', true);
END $$;
