import type { PlatformChoices } from "#lib/booking/choices.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { announce } from "./announce.ts";
import { database } from "./client.ts";
import { storable } from "./storable.ts";

/** Keeps what a platform says may be asked for. Pages are told when it is news. */
export async function keepChoices(platformId: string, choices: PlatformChoices, now: Millis): Promise<void> {
  const { rows } = await database().pool.query<{ isNews: boolean }>(
    `UPDATE platforms p SET choices = $2, choices_at = $3, choices_trouble = NULL
     FROM (SELECT choices, choices_trouble FROM platforms WHERE id = $1) old WHERE p.id = $1
     RETURNING old.choices IS DISTINCT FROM p.choices OR old.choices_trouble IS NOT NULL AS "isNews"`,
    [platformId, JSON.stringify(choices), new Date(now)],
  );
  if (rows[0]?.isNews) tellEverybody();
}

/** Notes why a platform could not be asked; what it said before stays. True when it could be asked the last time. */
export async function keepChoicesTrouble(platformId: string, trouble: string): Promise<boolean> {
  const { rows } = await database().pool.query<{ isNews: boolean }>(
    `UPDATE platforms p SET choices_trouble = $2
     FROM (SELECT choices_trouble FROM platforms WHERE id = $1) old WHERE p.id = $1
     RETURNING old.choices_trouble IS NULL AS "isNews"`,
    [platformId, storable(trouble)],
  );
  const isNews = rows[0]?.isNews === true;
  if (isNews) tellEverybody();
  return isNews;
}

/** To everybody without being about anybody: who looks at the platform reads it again. */
const tellEverybody = (): void => announce([{ session: "", user: "" }]);
