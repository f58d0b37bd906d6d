import { phases as allPhases, type Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";
import { type StoredSession, sessionsWhere } from "./stored-session.ts";

/** The answer to a request: its offers, whatever became of them, the first one first; of a NO, none. */
export interface StoredAnswer {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Millis;
  /** What was asked for in the words of the IVOA's standard, with what was said to it; null when a page asked. */
  readonly asked: object | null;
  readonly offers: readonly StoredSession[];
}

interface Row {
  id: string;
  user_id: string;
  created_at: Date;
  asked: object | null;
}

const both = (where: string) => `SELECT id, user_id, created_at, request -> 'asked' AS asked FROM offer_sets ${where}
    UNION ALL SELECT id, user_id, created_at, asked FROM refused_requests ${where}`;

/** The answer of that id, whosever it is. */
export async function findAnswer(id: string): Promise<StoredAnswer | null> {
  const { rows } = await database().pool.query<Row>({
    name: "answer by id",
    text: both("WHERE id = $1"),
    values: [id],
  });
  const [answer] = await withOffers(rows);
  return answer ?? null;
}

/** Which of a list are wanted. */
export interface Page {
  /** Null: everybody's. */
  readonly userId: string | null;
  /** Only what is older than the one of that id. */
  readonly before: string | null;
  readonly from: Millis | null;
  readonly until: Millis | null;
  readonly most: number;
}

const HOUR = 3_600_000;

/** The first id that can be made at that time: ids (UUID version 7) begin with it, so they are in the order of time. */
function idAt(at: Millis): string {
  const hex = Math.max(0, Math.min(Math.floor(at), 2 ** 48 - 1))
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/**
 * The page's bounds. What is wanted of a time is looked for among the ids that can be of it, `earlier` to `later` around: so a
 * list costs the same however much is stored before and after.
 */
function bounds({ userId, before, from, until, most }: Page, { earlier, later }: { earlier: Millis; later: Millis }) {
  const last = until === null ? LAST_ID : idAt(until + later);
  return [
    userId,
    from === null ? FIRST_ID : idAt(from - earlier),
    before === null || last < before ? last : before,
    from === null ? null : new Date(from),
    until === null ? null : new Date(until),
    most,
  ];
}

/** An answer has its id from the moment it is given; clocks may differ. */
const AROUND_ANSWER = { earlier: HOUR, later: HOUR };

/** A session is offered at most a week, the longest window there is, before it starts, and a day more. */
const AROUND_START = { earlier: 8 * 24 * HOUR, later: HOUR };

/** Answers by when they were given, the newest first. */
export async function answersOn(page: Page): Promise<StoredAnswer[]> {
  const whose = page.userId === null ? "$1::uuid IS NULL" : "user_id = $1";
  const where = `WHERE ${whose} AND id >= $2 AND id < $3 AND ($4::timestamptz IS NULL OR created_at >= $4)
      AND ($5::timestamptz IS NULL OR created_at < $5) ORDER BY id DESC LIMIT $6`;
  const { rows } = await database().pool.query<Row>({
    name: `answers of ${page.userId === null ? "everybody" : "a user"}`,
    text: `SELECT * FROM ((SELECT id, user_id, created_at, request -> 'asked' AS asked FROM offer_sets ${where})
      UNION ALL (SELECT id, user_id, created_at, asked FROM refused_requests ${where})) a ORDER BY id DESC LIMIT $6`,
    values: bounds(page, AROUND_ANSWER),
  });
  return withOffers(rows);
}

async function withOffers(rows: readonly Row[]): Promise<StoredAnswer[]> {
  if (rows.length === 0) return [];
  const offers = await sessionsWhere("of sets", "WHERE s.offer_set_id = ANY ($1) ORDER BY s.position", [
    rows.map(({ id }) => id),
  ]);
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    createdAt: row.created_at.getTime(),
    asked: row.asked,
    offers: offers.filter(({ offerSetId }) => offerSetId === row.id),
  }));
}

/** What a page has at the most, with the one more that says that there is another: mostly, and ever. */
const FEW = 21;
const MANY = 101;

/**
 * Sessions in one of the phases (null: in any), the newest first, by when they start. Each phase is read from its own end of an
 * index, so it costs the same however many are stored. The ids are found before the joins: `IN` has PostgreSQL join all sessions
 * first and then look which are wanted (400 ms with 100,000 stored).
 */
export async function sessionsOn(page: Page, phases: readonly Phase[] | null): Promise<StoredSession[]> {
  const values = bounds(page, AROUND_START);
  const where = (ids: string) => `WHERE s.id = ANY (ARRAY(${ids})) ORDER BY s.id DESC`;
  // Written out: of a limit that it does not know PostgreSQL expects a tenth of all there are, and sorts them.
  const few = page.most <= FEW ? FEW : MANY;
  const inTime = `id >= $2 AND id < $3 AND ($4::timestamptz IS NULL OR starts_at >= $4) AND ($5::timestamptz IS NULL OR starts_at < $5)
      ORDER BY id DESC LIMIT ${few}`;
  if (page.userId !== null) {
    const ids = `SELECT found.id FROM unnest($7::text[]) wanted (phase), LATERAL (SELECT id FROM sessions
      WHERE user_id = $1 AND phase = wanted.phase AND ${inTime}) found ORDER BY 1 DESC LIMIT $6`;
    return sessionsWhere(`${few} listed of a user`, where(ids), [...values, phases ?? allPhases]);
  }
  if (phases === null) {
    const ids = `SELECT id FROM (SELECT id FROM sessions WHERE $1::uuid IS NULL AND ${inTime}) found LIMIT $6`;
    return sessionsWhere(`${few} listed of everybody`, where(ids), values);
  }
  // Each by its name, without which PostgreSQL takes a phase that nothing is in for a usual one, and looks through all.
  const each = phases.map(
    (phase) => `(SELECT id FROM sessions WHERE $1::uuid IS NULL AND phase = '${phase}' AND ${inTime})`,
  );
  if (each.length === 0) return [];
  return sessionsWhere(
    null,
    where(`SELECT id FROM (${each.join(" UNION ALL ")}) found ORDER BY 1 DESC LIMIT $6`),
    values,
  );
}

/** Keeps a NO, so that it can be read again. */
export async function addRefusedRequest(id: string, userId: string, asked: object, now: Millis): Promise<void> {
  await database().pool.query({
    name: "add refused request",
    text: "INSERT INTO refused_requests (id, user_id, asked, created_at) VALUES ($1, $2, $3, $4)",
    values: [id, userId, JSON.stringify(asked), new Date(now)],
  });
}

/** For so long a NO can be read again. */
const REFUSED_LIFETIME_MS = 90 * 24 * HOUR;

/** Forgets what was answered with NO long ago. Returns how much. */
export async function forgetRefusals(now: Millis): Promise<number> {
  const { rowCount } = await database().pool.query({
    name: "forget refusals",
    text: "DELETE FROM refused_requests WHERE id < $1 AND created_at < $2",
    values: [idAt(now - REFUSED_LIFETIME_MS + HOUR), new Date(now - REFUSED_LIFETIME_MS)],
  });
  return rowCount ?? 0;
}
