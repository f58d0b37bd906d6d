import { Client } from "pg";
import type { Millis } from "#lib/booking/slot.ts";
import { cancelSession } from "#lib/broker/cancel-session.ts";
import { NOW, SLOT } from "#lib/testing/universe.ts";
import { inBulk, insertLike } from "./bulk.ts";
import { accepted, held, personOf } from "./steps.ts";
import type { Town } from "./town.ts";

/** How far back the history goes. */
const YEARS = 3;

interface History {
  readonly sessions: number;
  readonly ahead: number;
  /** The start of the running slot. */
  readonly slot?: Millis;
  /** Makes the one session that all others are like. */
  readonly model?: (town: Town) => Promise<void>;
}

/**
 * Stores `sessions` sessions of the town's people: `ahead` of them booked in the window, the others over, spread over
 * three years. Of those, half ran and half were offers that were not taken, two to a set; each has the audit events of
 * its life, and the ledger says what they used.
 */
export async function storeHistory(
  url: string,
  town: Town,
  { sessions, ahead, slot = SLOT, model = liveOneOut }: History,
): Promise<void> {
  await model(town);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await inBulk(client, async () => {
      await listRuns(client, town, { past: Math.floor((sessions - ahead) / 2), ahead, slot });
      await storeSets(client);
      await storeSessions(client);
      await storeEvents(client);
      await storeLedger(client, town.platform.id);
    });
    await client.query("VACUUM (ANALYZE)");
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
}

/** One session that real steps made: the model of all others. */
async function liveOneOut(town: Town): Promise<void> {
  const user = personOf(town, 0);
  const offer = await held(town, user, "spread", 0);
  await accepted(offer);
  await cancelSession({ sessionId: offer.offerId, user, now: NOW });
}

/** Every set with its two sessions: when, whose, how large. `n` counts from the oldest. */
async function listRuns(
  client: Client,
  town: Town,
  { past, ahead, slot }: { past: number; ahead: number; slot: Millis },
): Promise<void> {
  const { people } = town;
  await client.query(
    `CREATE TEMP TABLE runs AS
     SELECT n, w.user_id, w.project_id, r.starts, r.starts + interval '1 hour' * (1 + n % 2) AS ends,
       b.booked, n > $4 AS is_ahead, (1 + n % 4)::int AS cores, uuidv7(b.booked - now()) AS set_id,
       uuidv7(b.booked - now()) AS ran_id, uuidv7(b.booked - now()) AS other_id
     FROM generate_series(1, $4::int + $5::int) n
       CROSS JOIN LATERAL (SELECT CASE WHEN n > $4 THEN $3::timestamptz + interval '1 hour' * (1 + n % 22)
         ELSE $3::timestamptz - interval '1 hour' * (3 + floor(($4 - n) * ${YEARS * 365 * 24}::float8 / $4)) END AS starts) r
       CROSS JOIN LATERAL (SELECT least(r.starts, $3) - interval '2 hours' AS booked) b
       JOIN unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY w (user_id, project_id, place)
         ON w.place = 1 + n::bigint * 7 % cardinality($1)
     ORDER BY n`,
    [people.map(({ id }) => id), people.map(({ projectId }) => projectId), new Date(slot), past, ahead],
  );
}

const storeSets = (client: Client): Promise<void> =>
  insertLike(client, "offer_sets", {
    values: {
      id: "r.set_id",
      user_id: "r.user_id",
      project_id: "r.project_id",
      created_at: "r.booked",
      expires_at: "r.booked + interval '5 minutes'",
      closed_at: "r.booked + interval '1 minute'",
    },
    from: "runs r",
  });

/** The session that ran (or will), and of those that are over the offer beside it that was not taken. */
const storeSessions = (client: Client): Promise<void> =>
  insertLike(client, "sessions", {
    values: {
      id: "CASE WHEN took THEN r.ran_id ELSE r.other_id END",
      name: "CASE WHEN took THEN 'ran-' ELSE 'not-' END || r.n",
      offer_set_id: "r.set_id",
      user_id: "r.user_id",
      project_id: "r.project_id",
      position: "CASE WHEN took THEN 0 ELSE 1 END",
      cores: "r.cores",
      memory_gib: "r.cores",
      phase: "CASE WHEN NOT took THEN 'REJECTED' WHEN r.is_ahead THEN 'WAITING' ELSE 'COMPLETED' END",
      phase_since: "CASE WHEN took AND NOT r.is_ahead THEN r.ends ELSE r.booked + interval '1 minute' END",
      reason: "NULL",
      starts_at: "r.starts",
      ends_at: "r.ends",
      slots_from: "r.starts",
      slots_until: "CASE WHEN took THEN r.ends ELSE r.starts END",
      expires_at: "r.booked + interval '5 minutes'",
      accepted_at: "CASE WHEN took THEN r.booked + interval '1 minute' END",
      released_at: "CASE WHEN took AND NOT r.is_ahead THEN r.ends END",
    },
    from: "runs r JOIN (VALUES (true), (false)) v (took) ON v.took OR NOT r.is_ahead",
  });

const storeEvents = (client: Client): Promise<void> =>
  insertLike(client, "audit_events", {
    values: {
      at: "e.at",
      subject_id: "e.subject_id",
      before: "CASE WHEN e.before IS NOT NULL THEN jsonb_build_object('phase', e.before) END",
      after: "jsonb_build_object('phase', e.after)",
      why: "NULL",
    },
    made: ["id"],
    from: `(SELECT r.n, p.place, CASE WHEN p.took THEN r.ran_id ELSE r.other_id END AS subject_id, p.before, p.after,
        r.booked + interval '1 minute' * p.place AS at
      FROM runs r JOIN (VALUES (1, true, NULL, 'OFFERED'), (2, true, 'OFFERED', 'ACCEPTED'), (3, true, 'ACCEPTED', 'WAITING'),
          (4, true, 'WAITING', 'PREPARING'), (5, true, 'PREPARING', 'AVAILABLE'), (6, true, 'AVAILABLE', 'COMPLETED'),
          (1, false, NULL, 'OFFERED'), (2, false, 'OFFERED', 'REJECTED')) p (place, took, before, after)
        ON NOT r.is_ahead OR (p.took AND p.place <= 3)) e`,
  });

/** What the stored sessions stand for in the ledger: a row for each account and slot, added to what is there. */
async function storeLedger(client: Client, platformId: string): Promise<void> {
  await client.query(
    `INSERT INTO ledger (account_id, slot, used_cores, used_memory_gib, used_gpus, limit_cores, limit_memory_gib, limit_gpus)
     SELECT a.id, t.slot, sum(r.cores), sum(r.cores), 0, min(a.limit_cores), min(a.limit_memory_gib), min(a.limit_gpus)
     FROM runs r
       JOIN accounts a ON a.platform_id = $1
         AND (a.kind = 'platform' OR a.project_id = r.project_id OR a.user_id = r.user_id)
       CROSS JOIN LATERAL generate_series(r.starts, r.ends - interval '1 hour', interval '1 hour') t (slot)
     GROUP BY a.id, t.slot ORDER BY a.id, t.slot
     ON CONFLICT (account_id, slot) DO UPDATE SET used_cores = ledger.used_cores + excluded.used_cores,
       used_memory_gib = ledger.used_memory_gib + excluded.used_memory_gib`,
    [platformId],
  );
}

/** Deletes the sets that measuring made, so that the number of stored sessions stays what it says. */
export async function forgetSets(url: string, sets: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await inBulk(client, async () => {
      const sessions = "(SELECT id FROM sessions WHERE offer_set_id = ANY ($1))";
      await client.query(`DELETE FROM audit_events WHERE subject_id IN ${sessions}`, [sets]);
      await client.query("DELETE FROM sessions WHERE offer_set_id = ANY ($1)", [sets]);
      await client.query("DELETE FROM offer_sets WHERE id = ANY ($1)", [sets]);
    });
  } finally {
    await client.end();
  }
}
