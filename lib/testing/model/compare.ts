import { expect } from "vitest";
import type { AccountKind } from "#lib/booking/capacity.ts";
import { database } from "#lib/db/client.ts";
import { ledgerDifferences } from "#lib/testing/universe.ts";
import { type Model, type Real, used } from "./model.ts";

/** Fails unless the database tells the same story as the model: every session, every account in every slot. */
export async function compare(model: Model, real: Real): Promise<void> {
  const platformId = real.universe.platform.id;
  expect(await storedSessions(platformId), "sessions").toEqual(
    model.sessions
      .map((one) => [one.id, one.phase, new Date(one.from), new Date(one.until), one.resources.cores])
      .sort(byId),
  );
  for (const { kind, person, slot, ...stored } of await storedUse(real)) {
    const expected = used(model, kind, person, slot.getTime());
    expect(stored, `${kind} ${person} at ${slot.toISOString()}`).toEqual(expected);
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

interface Use {
  readonly kind: AccountKind;
  readonly person: number;
  readonly slot: Date;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly gpus: number;
}

async function storedUse({ universe }: Real): Promise<Use[]> {
  const people = universe.people.map((person) => person.id);
  const { rows } = await database().pool.query<Use>(
    `SELECT a.kind, coalesce(array_position($2, a.user_id), 1) - 1 AS person, l.slot, l.used_cores AS cores,
        l.used_memory_gib AS "memoryGiB", l.used_gpus AS gpus
      FROM ledger l JOIN accounts a ON a.id = l.account_id WHERE a.platform_id = $1`,
    [universe.platform.id, people],
  );
  return rows;
}
