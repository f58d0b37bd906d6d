import { inSlotsOf } from "#lib/booking/in-slots-of.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { bookingWindow, type Millis, type SlotRule } from "#lib/booking/slot.ts";
import { elsewhere, type WayForward } from "#lib/booking/ways-forward.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { allPlatforms } from "#lib/db/platforms.ts";
import { projectsOf } from "#lib/db/users.ts";

/** Where else a user could have what was asked: one way for each other platform that they have a project on and that has room. */
export async function waysElsewhere(
  request: ExecutionRequest,
  asked: SlotRule & { readonly id: string },
  userId: string,
  now: Millis,
): Promise<WayForward[]> {
  const ways: WayForward[] = [];
  for (const platform of await allPlatforms()) {
    if (platform.id === asked.id) continue;
    const [project] = await projectsOf(userId, platform.id);
    if (!project) continue;
    const booker = { platformId: platform.id, projectId: project.id, userId };
    const capacity = await readCapacity(booker, bookingWindow(platform, now), platform.slotMinutes);
    const way = elsewhere(inSlotsOf(request, asked, platform), platform, capacity, now);
    if (way) ways.push(way);
  }
  return ways;
}
