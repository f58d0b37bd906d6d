import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";
import { type StoredSession, sessionsWhere } from "./sessions.ts";

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

/** Ids are made in the order of time: this is after all of them. */
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const limits = ({ userId, before, from, until, most }: Page) => [
  userId,
  before ?? LAST_ID,
  from === null ? null : new Date(from),
  until === null ? null : new Date(until),
  most,
];

/** Answers by when they were given, the newest first. */
export async function answersOn(page: Page): Promise<StoredAnswer[]> {
  const whose = page.userId === null ? "$1::uuid IS NULL" : "user_id = $1";
  const where = `WHERE ${whose} AND id < $2 AND ($3::timestamptz IS NULL OR created_at >= $3)
      AND ($4::timestamptz IS NULL OR created_at < $4) ORDER BY id DESC LIMIT $5`;
  const { rows } = await database().pool.query<Row>({
    name: `answers of ${page.userId === null ? "everybody" : "a user"}`,
    text: `SELECT * FROM ((SELECT id, user_id, created_at, request -> 'asked' AS asked FROM offer_sets ${where})
      UNION ALL (SELECT id, user_id, created_at, asked FROM refused_requests ${where})) a ORDER BY id DESC LIMIT $5`,
    values: limits(page),
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

/**
 * Sessions in one of the phases, the newest first, by when they start. Of one user each phase is read from its own end of the
 * index, so it costs the same however many are stored.
 */
export async function sessionsOn(page: Page, phases: readonly string[]): Promise<StoredSession[]> {
  const when = `id < $2 AND ($3::timestamptz IS NULL OR starts_at >= $3) AND ($4::timestamptz IS NULL OR starts_at < $4)`;
  const ids =
    page.userId === null
      ? `SELECT id FROM sessions WHERE $1::uuid IS NULL AND phase = ANY ($6) AND ${when} ORDER BY id DESC LIMIT $5`
      : `SELECT found.id FROM unnest($6::text[]) wanted (phase), LATERAL (SELECT id FROM sessions
          WHERE user_id = $1 AND phase = wanted.phase AND ${when} ORDER BY id DESC LIMIT $5) found ORDER BY 1 DESC LIMIT $5`;
  return sessionsWhere(
    `listed of ${page.userId === null ? "everybody" : "a user"}`,
    `WHERE s.id IN (${ids}) ORDER BY s.id DESC`,
    [...limits(page), phases],
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
