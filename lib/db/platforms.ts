import type { OfferRule } from "#lib/booking/candidates.ts";
import type { ChoiceState, PlatformChoices } from "#lib/booking/choices.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { SlotRule } from "#lib/booking/slot.ts";
import { announce } from "./announce.ts";
import { database } from "./client.ts";
import { correlationId } from "./correlation.ts";
import type { Act } from "./ledger.ts";
import type { StoredProject } from "./users.ts";

const platformAccount =
  "accounts a ON a.platform_id = p.id AND a.kind = 'platform' AND a.project_id IS NULL AND a.user_id IS NULL";
/** Of the account `a` of a platform. */
export const limitOfPlatform =
  "json_build_object('cores', a.limit_cores, 'memoryGiB', a.limit_memory_gib, 'gpus', a.limit_gpus)";
const oldestFirst = "ORDER BY p.created_at, p.name";

const withAccountOfUser = `JOIN accounts mine ON mine.platform_id = p.id AND mine.kind = 'user' AND mine.user_id = $1
  CROSS JOIN LATERAL (SELECT json_build_object('id', j.id, 'name', j.name, 'title', j.title) AS project
    FROM project_members m JOIN projects j ON j.id = m.project_id
      JOIN accounts its ON its.platform_id = p.id AND its.kind = 'project' AND its.project_id = j.id
    WHERE m.user_id = $1 AND ($2::text IS NULL OR j.name = $2) ORDER BY j.name LIMIT 1) first`;

/**
 * Where a user ($1) may book: the platforms `p`, each with its account `a`, that they have an account on, the oldest first, each
 * with the `first.project` by name of theirs that has one there, or the project of that name ($2); without such a project none.
 */
export const placesOfUser = `platforms p JOIN ${platformAccount} ${withAccountOfUser} ${oldestFirst}`;

/** A platform with its rules and its whole size. */
export interface StoredPlatform extends OfferRule, ChoiceState {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  /** What its launcher needs to know of it. */
  readonly settings: unknown;
  /** Whose sign-in its users act with there; null: none is needed. */
  readonly provider: string | null;
  readonly limit: Resources;
  /** What may be asked for there, as it last said; null: nothing is known yet, or there is nothing to choose. */
  readonly choices: PlatformChoices | null;
  readonly onlyNotebooks: boolean;
  readonly needsImage: boolean;
  /** How long somebody of the waiting list has to accept, in seconds. */
  readonly waitSeconds: number;
  /** How long a launch may take before its session fails. */
  readonly launchSeconds: number;
  /** How long before its start a session is launched there, until something else was learned of its image. */
  readonly prepareSeconds: number;
}

/** The platforms `p` and their accounts `a` that stand in `from`, each with what `more` reads beside it. */
async function platformsFrom<More = unknown>(
  name: string,
  from: string,
  values: readonly (string | null)[],
  more = "",
): Promise<(StoredPlatform & More)[]> {
  const { rows } = await database().pool.query<StoredPlatform & More>({
    name: `platforms ${name}`,
    text: `SELECT p.id, p.name, p.title, p.kind, p.settings, p.provider, p.slot_minutes AS "slotMinutes", p.window_hours AS "windowHours",
        p.max_offers AS "maxOffers", p.offer_seconds AS "offerSeconds", p.wait_seconds AS "waitSeconds",
        p.launch_seconds AS "launchSeconds", p.prepare_seconds AS "prepareSeconds",
        p.choices, (extract(epoch FROM p.choices_at) * 1000)::float8 AS "choicesAt", p.choices_trouble AS "choicesTrouble",
        p.kind = 'local' AS "onlyNotebooks", p.provider IS NOT NULL AS "needsImage",
        ${limitOfPlatform} AS "limit"${more}
      FROM ${from}`,
    values: [...values],
  });
  return rows;
}

const platformsWhere = (what: string) => `platforms p JOIN ${platformAccount} WHERE ${what} ${oldestFirst}`;

/** The platform of that name; with no name the first one that was made. */
export async function findPlatform(name?: string): Promise<StoredPlatform | null> {
  const found =
    name === undefined ? await allPlatforms() : await platformsFrom("by name", platformsWhere("p.name = $1"), [name]);
  return found[0] ?? null;
}

export async function findPlatformById(id: string): Promise<StoredPlatform | null> {
  const [found] = await platformsFrom("by id", platformsWhere("p.id = $1"), [id]);
  return found ?? null;
}

/** All of them, in the order they were made. */
export const allPlatforms = (): Promise<StoredPlatform[]> => platformsFrom("all", platformsWhere("true"), []);

/** The places of a user: {@link placesOfUser}. One statement. */
export async function placesOf(
  userId: string,
  projectName: string | null = null,
): Promise<{ platform: StoredPlatform; project: StoredProject }[]> {
  const rows = await platformsFrom<{ project: StoredProject }>(
    "of a user",
    placesOfUser,
    [userId, projectName],
    ", first.project",
  );
  return rows.map(({ project, ...platform }) => ({ platform, project }));
}

/** Every acceptance asks. A no is good for a moment only: platforms are added at a start of Meridian. */
const NO_IS_GOOD_FOR_MS = 1_000;
let known: { readonly url: string; readonly until: number; readonly answer: boolean } | null = null;

/** Whether there is any platform whose users act with a sign-in. */
export async function someoneNeedsSignIn(): Promise<boolean> {
  const { url, prisma } = database();
  if (known?.url !== url || performance.now() >= known.until) {
    const answer = (await prisma.platform.count({ where: { provider: { not: null } } })) > 0;
    known = { url, until: answer ? Number.POSITIVE_INFINITY : performance.now() + NO_IS_GOOD_FOR_MS, answer };
  }
  return known.answer;
}

/** Changes how a platform cuts time: SQL function `resize_slots`, one transaction. */
export async function cutTimeAnew(id: string, rule: SlotRule, { who, now }: Act): Promise<void> {
  await database().pool.query("SELECT resize_slots($1, $2, $3, $4, $5, $6, $7)", [
    id,
    rule.slotMinutes,
    rule.windowHours,
    new Date(now),
    who,
    "Time is cut anew.",
    correlationId(),
  ]);
  announce([{ session: "", user: "" }]);
}
