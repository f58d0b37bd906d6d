import { announce } from "./announce.ts";
import { database } from "./client.ts";

/** What a worker last told of a platform, as it is stored; null: nothing yet. */
export async function storedReadiness(platformId: string): Promise<unknown> {
  const { rows } = await database().pool.query<{ readiness: unknown }>({
    name: "stored readiness",
    text: "SELECT readiness FROM platforms WHERE id = $1",
    values: [platformId],
  });
  return rows[0]?.readiness ?? null;
}

/** Keeps what a worker tells of a platform; `isNews`: every page is told too. */
export async function keepReadiness(platformId: string, told: object, isNews: boolean): Promise<void> {
  await database().pool.query({
    name: "keep readiness",
    text: "UPDATE platforms SET readiness = $2 WHERE id = $1",
    values: [platformId, JSON.stringify(told)],
  });
  if (isNews) announce([{ session: "", user: "" }]);
}
