-- The live offer sets of somebody are counted by the sessions of each set. Asked for the sets that have an offer, PostgreSQL went
-- through all that are offered anywhere, once for each set, where few were when it last counted them (8.7 ms with 700 of them).

-- Makes an offer set with its sessions and holds the platform's capacity for all of them, or changes nothing.
-- The project's and the user's limits are checked for each offer by itself, as only one can be accepted. `waiting`: the
-- place in the waiting list that the offers are for, or null; that must still be waiting. `directly`: one of them is accepted
-- at once, so the sets that are held meanwhile do not count.
-- Answers {"ok": true} or {"ok": false, "code", "account"?, "slot"?}.
DROP FUNCTION hold_offers;
CREATE FUNCTION hold_offers(set_id uuid, for_platform uuid, for_project uuid, for_user uuid, request jsonb,
  offers offered[], at timestamptz, who text, correlation uuid, waiting uuid, directly boolean) RETURNS jsonb LANGUAGE plpgsql AS $$
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
  IF waiting IS NULL AND NOT directly AND (SELECT count(*) FROM offer_sets s WHERE s.user_id = for_user AND s.platform_id = for_platform
      AND s.closed_at IS NULL AND s.expires_at > at
      AND (SELECT bool_or(x.phase = 'OFFERED') FROM sessions x WHERE x.offer_set_id = s.id)) >= user_account.limit_offer_sets THEN
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
