import type { Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { failSession } from "#lib/broker/fail-session.ts";
import { database, transaction } from "#lib/db/client.ts";
import { beginAttempt, finishAttempt, markReleased, moveSession, setConnector } from "#lib/db/runs.ts";

/**
 * Does for all sessions of a platform what its worker would do at `now`, with no real platform behind it: what has to run
 * becomes AVAILABLE at once, what is over is COMPLETED, what never ran has failed, what ended is noted as released.
 * Several may walk at once. Returns how many sessions it touched, at most `most`.
 */
export async function walkSessions({
  platformId,
  now,
  most = 1000,
}: {
  platformId: string;
  now: Millis;
  most?: number;
}): Promise<number> {
  const { rows } = await database().pool.query<Due>({
    name: "walk-sessions",
    text: `SELECT id, phase, ends_at <= $2 AS over FROM sessions
      WHERE platform_id = $1 AND accepted_at IS NOT NULL AND released_at IS NULL
        AND (phase IN ('CANCELLED', 'FAILED', 'RELEASING', 'COMPLETED') OR ends_at <= $2 OR (starts_at <= $2 AND phase IN ('ACCEPTED', 'WAITING', 'PREPARING')))
      ORDER BY ends_at LIMIT $3`,
    values: [platformId, new Date(now), most],
  });
  for (const session of rows) await walk(session, now);
  return rows.length;
}

interface Due {
  readonly id: string;
  readonly phase: Phase;
  /** Whether its time is over. */
  readonly over: boolean;
}

async function walk({ id, phase, over }: Due, now: Millis): Promise<void> {
  if (phase === "ACCEPTED" || phase === "WAITING" || phase === "PREPARING") {
    return over ? failSession(id, "It never ran.", "", now) : launch(id, now);
  }
  if (phase === "AVAILABLE" || phase === "RUNNING") await move(id, "RELEASING", now);
  await transaction(async (client) => {
    await moveSession(client, id, { to: "COMPLETED", who: "meridian", why: "Its time is over.", now });
    await markReleased(client, id, now);
  });
}

async function launch(id: string, now: Millis): Promise<void> {
  const began = await transaction(async (client) => {
    const moved = await moveSession(client, id, { to: "PREPARING", who: "meridian", why: null, now });
    if (!moved) return false;
    await setConnector(client, id, { status: "PREPARING", location: null }, now);
    await beginAttempt(client, id, now);
    return true;
  });
  if (!began) return;
  await transaction(async (client) => {
    const moved = await moveSession(client, id, { to: "AVAILABLE", who: "meridian", why: null, now });
    if (!moved) return;
    await setConnector(client, id, { status: "AVAILABLE", location: new URL("http://127.0.0.1/") }, now);
    await finishAttempt(client, id, { outcome: "AVAILABLE", message: null }, now);
  });
}

const move = (id: string, to: Phase, now: Millis): Promise<boolean> =>
  transaction((client) => moveSession(client, id, { to, who: "meridian", why: "Its time is over.", now }));
