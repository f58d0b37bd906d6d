import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";
import { correlationId } from "./correlation.ts";

/** Something that is not as it must be: which check, about what, in a sentence. */
export interface Finding {
  readonly check: "ledger" | "limits" | "audit" | "phases" | "spans" | "overdue" | "orphans";
  readonly subject: string;
  readonly sentence: string;
}

/** At most so many findings of a check are listed; that there are more is said. */
const MOST = 100;

async function findings(check: Finding["check"], sql: string, values: unknown[] = []): Promise<Finding[]> {
  const { rows } = await database().pool.query<{ subject: string; sentence: string }>(`${sql} LIMIT ${MOST}`, values);
  return rows.map((row) => ({ check, ...row }));
}

/** Rows of the ledger that differ from the sum of their sessions. */
export const differentLedger = (): Promise<Finding[]> =>
  findings(
    "ledger",
    `SELECT concat(a.kind, ' ', coalesce(u.name, j.name, p.name), ' on ', p.name, ', ', to_char(d.slot AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), ' UTC') AS subject,
       format('The ledger says %s cores, %s GiB, %s GPUs; the sessions say %s, %s, %s.', d.used_cores, d.used_memory_gib, d.used_gpus,
         d.cores, d.memory_gib, d.gpus) AS sentence
     FROM platforms p, LATERAL ledger_differences(p.id) d JOIN accounts a ON a.id = d.account_id
       LEFT JOIN users u ON u.id = a.user_id LEFT JOIN projects j ON j.id = a.project_id`,
  );

/** Slots in which more is used than is allowed or was promised before a limit was lowered. */
export const overcommitted = (): Promise<Finding[]> =>
  findings(
    "limits",
    `SELECT concat(a.kind, ' account ', a.id, ', ', to_char(l.slot AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), ' UTC') AS subject,
       format('%s cores, %s GiB, %s GPUs are used; %s, %s, %s are allowed.', l.used_cores, l.used_memory_gib, l.used_gpus,
         l.limit_cores, l.limit_memory_gib, l.limit_gpus) AS sentence
     FROM ledger l JOIN accounts a ON a.id = l.account_id WHERE l.used_cores > greatest(l.limit_cores, l.honoured_cores)
       OR l.used_memory_gib > greatest(l.limit_memory_gib, l.honoured_memory_gib) OR l.used_gpus > greatest(l.limit_gpus, l.honoured_gpus)`,
  );

/** Seals that do not match the events they stand for, or do not follow on each other. */
export const brokenSeals = (): Promise<Finding[]> =>
  findings(
    "audit",
    `SELECT concat('seal ', s.number) AS subject, CASE
         WHEN s.number <> s.previous_number + 1 THEN 'A seal before it is missing.'
         WHEN s.events <> s.found THEN format('It stands for %s events, there are %s.', s.events, s.found)
         ELSE 'Its events are not those that were sealed.' END AS sentence
     FROM (SELECT x.*, (SELECT count(*) FROM audit_events e WHERE e.id > x.after_event AND e.id <= x.until_event) AS found
       FROM (SELECT s.*, coalesce(lag(s.number) OVER w, 0) AS previous_number, coalesce(lag(s.until_event) OVER w, 0) AS after_event,
           coalesce(lag(s.hash) OVER w, '') AS previous_hash FROM audit_seals s WINDOW w AS (ORDER BY s.number)) x) s
     WHERE s.number <> s.previous_number + 1 OR s.events <> s.found OR s.hash <> audit_hash(s.after_event, s.until_event, s.previous_hash)
     ORDER BY s.number`,
  );

/** Sessions whose history is not a way through the table of phases that ends where the session is. */
export const brokenHistories = (): Promise<Finding[]> =>
  findings(
    "phases",
    `SELECT concat('session ', h.id) AS subject, format('It is %s; its history says: %s.', h.phase, h.says) AS sentence
     FROM (SELECT s.id, s.phase, string_agg(e.after->>'phase', ' → ' ORDER BY e.id) AS says,
         (array_agg(e.after->>'phase' ORDER BY e.id DESC))[1] AS last, (array_agg(e.after->>'phase' ORDER BY e.id))[1] AS first,
         bool_and(e.before IS NULL OR m.after IS NOT NULL) AS is_legal
       FROM sessions s LEFT JOIN (SELECT e.*, lag(e.after->>'phase') OVER (PARTITION BY e.subject_id ORDER BY e.id) AS previous
           FROM audit_events e WHERE e.subject_kind = 'session' AND e.event = 'PHASE') e ON e.subject_id = s.id
         LEFT JOIN phase_moves m ON m.before = e.before->>'phase' AND m.after = e.after->>'phase' AND e.previous = m.before
       GROUP BY s.id, s.phase) h
     WHERE h.last IS DISTINCT FROM h.phase OR h.first IS DISTINCT FROM 'OFFERED' OR NOT coalesce(h.is_legal, false)`,
  );

/** Bookings that do not stand in the slots they run in, and sets of which more than one offer was booked. */
export const brokenSpans = (): Promise<Finding[]> =>
  findings(
    "spans",
    `SELECT concat('session ', s.id) AS subject, 'It does not stand in all the slots that it runs in.' AS sentence FROM sessions s
     WHERE (is_open(s.phase) OR s.phase = 'OFFERED') AND NOT (s.slots_until >= s.ends_at AND s.slots_from <= s.starts_at)
       AND NOT (s.phase = 'RELEASING' AND s.slots_until < s.ends_at)
     UNION ALL
     SELECT concat('offer set ', s.offer_set_id), format('%s of its offers were booked.', count(*)) FROM sessions s
     WHERE s.accepted_at IS NOT NULL GROUP BY s.offer_set_id HAVING count(*) > 1`,
  );

/** Offers that should have expired, and bookings that should have ended, `graceMs` ago. */
export const overdue = (now: Millis, graceMs: Millis): Promise<Finding[]> =>
  findings(
    "overdue",
    `SELECT concat('offer ', s.id) AS subject, 'It has expired and still holds its slots.' AS sentence FROM sessions s
     WHERE s.accepted_at IS NULL AND s.released_at IS NULL AND s.phase = 'OFFERED' AND s.expires_at <= $1
     UNION ALL
     SELECT concat('session ', s.id), format('Its time is over and it is still %s.', s.phase) FROM sessions s
     WHERE s.accepted_at IS NOT NULL AND s.released_at IS NULL AND s.ends_at <= $1`,
    [new Date(now - graceMs)],
  );

/** Makes the ledger of every platform say what its sessions say. Returns how many rows were put right. */
export async function repairLedger(who: string, now: Millis): Promise<number> {
  const { rows } = await database().pool.query<{ repaired: number }>(
    "SELECT coalesce(sum(repair_ledger(p.id, $1, $2, $3)), 0)::int AS repaired FROM platforms p",
    [new Date(now), who, correlationId()],
  );
  return rows[0]?.repaired ?? 0;
}

/** How much there is: sessions, rows of the ledger, events, of which sealed; and the last seal, to be kept elsewhere. */
export async function census() {
  const { rows } = await database().pool.query<{
    sessions: number;
    ledger: number;
    events: number;
    sealed: number;
    seal: string | null;
  }>(
    `SELECT (SELECT count(*)::int FROM sessions) AS sessions, (SELECT count(*)::int FROM ledger) AS ledger,
       (SELECT count(*)::int FROM audit_events) AS events, coalesce((SELECT sum(events)::int FROM audit_seals), 0) AS sealed,
       (SELECT concat(number, ' ', hash) FROM audit_seals ORDER BY number DESC LIMIT 1) AS seal`,
  );
  const [found] = rows;
  if (!found) throw new Error("the census gave no answer");
  return found;
}

/** Seals what can be sealed: SQL function `seal_audit`. Returns how many events were. */
export async function sealAudit(now: Millis): Promise<number> {
  const { rows } = await database().pool.query<{ sealed: number | null }>("SELECT seal_audit($1) AS sealed", [
    new Date(now),
  ]);
  return rows[0]?.sealed ?? 0;
}
