import type { z } from "zod";
import { ok, refused } from "#app/api/broker/answer.ts";
import { handle } from "#app/api/broker/handle.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import { writeDuration, writeInstant } from "#lib/api/iso8601/write-time.ts";
import type { slotList } from "#lib/api/standard/extensions.ts";
import { freeFor } from "#lib/booking/capacity.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { slotLength } from "#lib/booking/slot.ts";
import { readSlots } from "#lib/broker/read-slots.ts";

const amounts = ({ cores, memoryGiB, gpus }: Resources) => ({ cores, memory: memoryGiB, gpus });

/** What of each slot of the window the caller could have, by platform. */
export const GET = handle("read", async ({ caller, url, now }) => {
  const name = url.searchParams.get("platform");
  const found = await readSlots({ userId: caller.person.id, platform: name, now });
  if (name !== null && found.length === 0) return refused(problemOf(404, "There is no platform of that name for you."));
  const platforms = found.map(({ platform, project, capacity }) => ({
    platform: platform.name,
    title: platform.title,
    project: project.name,
    slot: writeDuration(slotLength(platform)),
    total: amounts(platform.limit),
    slots: capacity.slots.map((slot) => ({
      start: writeInstant(slot.start),
      free: amounts(freeFor(slot)),
      ...(slot.closed === null ? {} : { closed: slot.closed }),
    })),
  }));
  return ok("SlotList", { platforms } satisfies z.output<typeof slotList>);
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
