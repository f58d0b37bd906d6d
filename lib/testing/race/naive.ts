import { v7 as uuidv7 } from "uuid";
import { chooseOffers } from "#lib/booking/offers.ts";
import { no, yes } from "#lib/booking/refusal.ts";
import { sessionName } from "#lib/booking/session-name.ts";
import { bookingWindow, slotsIn } from "#lib/booking/slot.ts";
import type { requestOffers } from "#lib/broker/request-offers.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { database } from "#lib/db/client.ts";

/**
 * How it must not be done, to show that a race finds it: reads what is free, decides, and only then writes, in statements
 * that ask nothing. Two that read at the same time both write.
 */
export const naiveRequestOffers: typeof requestOffers = async ({ request, platform, projectId, user, now }) => {
  const booker = { platformId: platform.id, projectId, userId: user.id };
  const capacity = await readCapacity(booker, bookingWindow(platform, now), platform.slotMinutes);
  const chosen = chooseOffers(request, platform, capacity, now);
  if (chosen.length === 0) return { ok: false, error: { refusals: [no("NO_CAPACITY").error], ways: [] } };
  const { prisma } = database();
  const set = uuidv7();
  const expiresAt = new Date(Math.max(...chosen.map((offer) => offer.expiresAt)));
  const owner = { platformId: platform.id, projectId, userId: user.id };
  await prisma.offerSet.create({
    data: { id: set, ...owner, request: JSON.parse(JSON.stringify(request)), createdAt: new Date(now), expiresAt },
  });
  for (const [position, offer] of chosen.entries()) {
    const id = uuidv7();
    const { cores, memoryGiB, gpus } = offer.resources;
    const shape = { cores, memoryGib: memoryGiB, gpus, executable: { ...request.executable } };
    const times = {
      startsAt: new Date(offer.startsAt),
      endsAt: new Date(offer.endsAt),
      startsNow: offer.startsNow,
      slotsFrom: new Date(offer.span.start),
      slotsUntil: new Date(offer.span.end),
      expiresAt: new Date(offer.expiresAt),
    };
    const phase = { phase: "OFFERED", phaseSince: new Date(now), movedBy: user.name };
    const place = { offerSetId: set, position, strategy: offer.strategy, name: sessionName(id) };
    await prisma.session.create({ data: { id, ...owner, ...place, ...shape, ...times, ...phase } });
    const slots = slotsIn(platform, offer.span).map((slot) => new Date(slot));
    await database().pool.query(
      `INSERT INTO ledger (account_id, slot, used_cores, used_memory_gib, used_gpus, limit_cores, limit_memory_gib, limit_gpus)
       SELECT a.id, t.slot, $3, $4, $5, a.limit_cores, a.limit_memory_gib, a.limit_gpus
       FROM accounts a, unnest($2::timestamptz[]) t (slot) WHERE a.platform_id = $1 AND a.kind = 'platform' ORDER BY t.slot
       ON CONFLICT (account_id, slot) DO UPDATE SET used_cores = ledger.used_cores + excluded.used_cores,
         used_memory_gib = ledger.used_memory_gib + excluded.used_memory_gib, used_gpus = ledger.used_gpus + excluded.used_gpus`,
      [platform.id, slots, cores, memoryGiB, gpus],
    );
  }
  return yes({ offerSetId: set });
};
