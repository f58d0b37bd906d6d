import type { OfferRule } from "#lib/booking/candidates.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { database } from "./client.ts";

/** A platform with its rules and its whole size. */
export interface StoredPlatform extends OfferRule {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  readonly limit: Resources;
}

/** The platform of that name; with no name the first one, as long as there is only one to choose. */
export async function findPlatform(name?: string): Promise<StoredPlatform | null> {
  const found = await database().prisma.platform.findFirst({
    ...(name === undefined ? {} : { where: { name } }),
    orderBy: [{ createdAt: "asc" }, { name: "asc" }],
    include: { accounts: { where: { kind: "platform" } } },
  });
  const account = found?.accounts[0];
  if (!found || !account) return null;
  const { id, title, kind, slotMinutes, windowHours, maxOffers, offerSeconds } = found;
  const limit = { cores: account.limitCores, memoryGiB: account.limitMemoryGib, gpus: account.limitGpus };
  return { id, name: found.name, title, kind, slotMinutes, windowHours, maxOffers, offerSeconds, limit };
}

/** The launchers in use. */
export async function platformKinds(): Promise<string[]> {
  const rows = await database().prisma.platform.findMany({ select: { kind: true }, distinct: ["kind"] });
  return rows.map((row) => row.kind);
}
