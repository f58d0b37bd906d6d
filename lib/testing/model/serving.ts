import { expect } from "vitest";
import { slotStart } from "#lib/booking/slot.ts";
import { database } from "#lib/db/client.ts";
import { fittingRuns, takeOver } from "./asking.ts";
import type { Model, ModelWait, Real } from "./model.ts";

/**
 * Takes over what the broker offered to those who wait. Each offer has to be one that fits, nobody who came in an earlier
 * hour may have been passed, and with `wasServed` nobody may be left waiting for what is free.
 */
export async function takeOverServed(model: Model, { universe }: Real, wasServed: boolean): Promise<void> {
  const served = await database().prisma.waitlistEntry.findMany({
    where: { id: { in: [...model.waits.keys()] }, offerSetId: { not: null } },
    orderBy: { offerSetId: "asc" },
  });
  for (const { id, offerSetId } of served) {
    const wait = model.waits.get(id);
    if (!wait || offerSetId === null || offerSetId === wait.tookBack) continue;
    const hour = (one: ModelWait) => slotStart(universe.platform, one.joinedAt);
    for (const [other, before] of model.waits) {
      const isEarlier = other !== id && hour(before) < hour(wait) && before.until >= model.now;
      const isLeft = isEarlier && !served.some((one) => one.id === other && one.offerSetId !== before.tookBack);
      if (isLeft) expect(fittingRuns(model, before.wish), "somebody who waited longer was passed").toEqual([]);
    }
    model.waits.delete(id);
    model.servedBy.set(offerSetId, [id, wait]);
    await takeOver(model, wait.wish, offerSetId, { ms: model.waitMs, most: 1 });
  }
  if (!wasServed) return;
  for (const [id, wait] of model.waits) {
    if (wait.until < model.now) model.waits.delete(id);
    else expect(fittingRuns(model, wait.wish), "somebody waits for what is free").toEqual([]);
  }
}
