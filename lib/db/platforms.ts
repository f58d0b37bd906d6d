import type { OfferRule } from "#lib/booking/candidates.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { SlotRule } from "#lib/booking/slot.ts";
import { announce } from "./announce.ts";
import { database } from "./client.ts";
import { correlationId } from "./correlation.ts";
import type { Prisma } from "./generated/client.ts";
import type { Act } from "./ledger.ts";

/** A platform with its rules and its whole size. */
export interface StoredPlatform extends OfferRule {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  readonly limit: Resources;
  /** How long somebody of the waiting list has to accept, in seconds. */
  readonly waitSeconds: number;
}

const include = { accounts: { where: { kind: "platform" } } } as const satisfies Prisma.PlatformInclude;

function toPlatform(row: Prisma.PlatformGetPayload<{ include: typeof include }> | null): StoredPlatform | null {
  const account = row?.accounts[0];
  if (!row || !account) return null;
  const { id, name, title, kind, slotMinutes, windowHours, maxOffers, offerSeconds, waitSeconds } = row;
  const limit = { cores: account.limitCores, memoryGiB: account.limitMemoryGib, gpus: account.limitGpus };
  return { id, name, title, kind, slotMinutes, windowHours, maxOffers, offerSeconds, waitSeconds, limit };
}

/** The platform of that name; with no name the first one that was made. */
export async function findPlatform(name?: string): Promise<StoredPlatform | null> {
  const row = await database().prisma.platform.findFirst({
    ...(name === undefined ? {} : { where: { name } }),
    orderBy: [{ createdAt: "asc" }, { name: "asc" }],
    include,
  });
  return toPlatform(row);
}

export async function findPlatformById(id: string): Promise<StoredPlatform | null> {
  return toPlatform(await database().prisma.platform.findUnique({ where: { id }, include }));
}

/** All of them, in the order they were made. */
export async function allPlatforms(): Promise<StoredPlatform[]> {
  const rows = await database().prisma.platform.findMany({ orderBy: [{ createdAt: "asc" }, { name: "asc" }], include });
  return rows.map(toPlatform).filter((one) => one !== null);
}

/** The launchers in use. */
export async function platformKinds(): Promise<string[]> {
  const rows = await database().prisma.platform.findMany({ select: { kind: true }, distinct: ["kind"] });
  return rows.map((row) => row.kind);
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
