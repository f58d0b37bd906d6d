import { expect } from "vitest";
import { accountKinds } from "#lib/booking/capacity.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { ledgerDifferences } from "#lib/testing/universe.ts";
import { hours, type Model, none, type Real, used } from "./model.ts";

/** Fails unless the database tells the same story as the model: every session, every account in every slot. */
export async function compare(model: Model, real: Real): Promise<void> {
  const platformId = real.universe.platform.id;
  expect(await storedSessions(platformId), "sessions").toEqual(
    model.sessions
      .map((one) => [one.id, one.phase, new Date(one.from), new Date(one.until), one.resources.cores])
      .sort(byId),
  );
  const stored = await storedUse(real);
  for (const kind of accountKinds) {
    for (const person of kind === "user" ? model.limits.users.keys() : [0]) {
      for (const slot of slotsOf(model)) {
        const use = stored.get(`${kind} ${person} ${slot}`) ?? none;
        expect(use, `${kind} ${person} at ${new Date(slot).toISOString()}`).toEqual(used(model, kind, person, slot));
      }
    }
  }
  expect(await ledgerDifferences(platformId), "ledger against the sum of the sessions").toEqual([]);
}

const byId = (a: readonly unknown[], b: readonly unknown[]): number => (String(a[0]) < String(b[0]) ? -1 : 1);

async function storedSessions(platformId: string): Promise<unknown[][]> {
  const { rows } = await database().pool.query({
    text: "SELECT id, phase, slots_from, slots_until, cores FROM sessions WHERE platform_id = $1",
    values: [platformId],
    rowMode: "array",
  });
  return rows.sort(byId);
}

/** Every slot that any session was ever in. */
const slotsOf = (model: Model): Set<Millis> =>
  new Set(model.sessions.flatMap((one) => hours(one.from, Math.max(one.until, one.endsAt))));

/** What the ledger says is used, by account and slot. */
async function storedUse({ universe }: Real): Promise<Map<string, Resources>> {
  const people = universe.people.map((person) => person.id);
  const { rows } = await database().pool.query(
    `SELECT a.kind, coalesce(array_position($2, a.user_id), 1) - 1 AS person, l.slot, l.used_cores AS cores,
        l.used_memory_gib AS "memoryGiB", l.used_gpus AS gpus
      FROM ledger l JOIN accounts a ON a.id = l.account_id WHERE a.platform_id = $1`,
    [universe.platform.id, people],
  );
  return new Map(rows.map(({ kind, person, slot, ...use }) => [`${kind} ${person} ${slot.getTime()}`, use]));
}
