import { v7 as uuidv7 } from "uuid";
import { no, type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import { checkRequest, type ExecutionRequest } from "#lib/booking/request.ts";
import { bookingWindow, type Millis, slotLength } from "#lib/booking/slot.ts";
import type { StoredPlatform } from "#lib/db/platforms.ts";
import { addWait } from "#lib/db/waitlist.ts";
import { serveWaitlist } from "./serve-waitlist.ts";

/** In how many places one person may wait on one platform. */
export const MOST_WAITS = 5;

/**
 * Puts a request into the waiting list: as soon as there is room for it, it is offered to them, held for `waitSeconds` of the
 * platform. "Now" means any time from now on within the window. Refuses an impossible request, one they wait for already,
 * and more than {@link MOST_WAITS} places.
 */
export async function joinWaitlist({
  request,
  platform,
  projectId,
  user,
  now,
}: {
  request: ExecutionRequest;
  platform: StoredPlatform;
  projectId: string;
  user: { readonly id: string; readonly name: string };
  now: Millis;
}): Promise<Result<{ readonly waitId: string }, readonly Refusal[]>> {
  const impossible = checkRequest(request, platform, now);
  if (impossible.length > 0) return { ok: false, error: impossible };
  const lastStart = bookingWindow(platform, now).end - slotLength(platform);
  const until = request.start.kind === "now" ? lastStart : request.start.until;
  const waitId = uuidv7();
  const booker = { platformId: platform.id, projectId, userId: user.id };
  const inTheWay = await addWait({ ...booker, id: waitId, request, until }, MOST_WAITS, now);
  if (inTheWay === "same") return { ok: false, error: [no("ALREADY_WAITING").error] };
  if (inTheWay === "many") {
    const sentence = `You wait in ${MOST_WAITS} places already, which is as many as you may. Leave one first.`;
    return { ok: false, error: [no("QUOTA_REACHED", sentence).error] };
  }
  await serveWaitlist({ platformId: platform.id, now });
  return yes({ waitId });
}
