import { database } from "#lib/db/client.ts";

/**
 * Sessions of a platform whose history is not a story that can happen: it begins with nothing before it, each move follows
 * from the one before and is allowed, and the last one is the phase the session is in. Returns the first `most`.
 */
export async function impossibleHistories(platformId: string, most = 10): Promise<unknown[]> {
  const { rows } = await database().pool.query(
    `WITH told AS (
       SELECT e.subject_id AS id, e.before ->> 'phase' AS before, e.after ->> 'phase' AS after,
         lag(e.after ->> 'phase') OVER story AS previous, row_number() OVER story AS place,
         row_number() OVER (PARTITION BY e.subject_id ORDER BY e.id DESC) = 1 AS is_last
       FROM audit_events e WHERE e.subject_kind = 'session' AND e.event = 'PHASE'
       WINDOW story AS (PARTITION BY e.subject_id ORDER BY e.id))
     SELECT s.id, s.phase, t.before, t.after, t.previous
     FROM sessions s LEFT JOIN told t ON t.id = s.id
     WHERE s.platform_id = $1 AND (t.id IS NULL
       OR (t.place = 1 AND t.before IS NOT NULL)
       OR (t.place > 1 AND (t.before IS DISTINCT FROM t.previous
         OR NOT EXISTS (SELECT FROM phase_moves m WHERE m.before = t.before AND m.after = t.after)))
       OR (t.is_last AND t.after IS DISTINCT FROM s.phase))
     LIMIT $2`,
    [platformId, most],
  );
  return rows;
}
