import { no, type Result, yes } from "#lib/booking/refusal.ts";
import type { Millis, SlotRule } from "#lib/booking/slot.ts";
import { cutTimeAnew, findPlatform } from "#lib/db/platforms.ts";

/** As far as anybody can book ahead. */
const MOST_HOURS = 168;

/**
 * Changes how a platform cuts time. Bookings and held offers keep their times and stand in every new slot they touch; what is
 * above a limit by that is honoured. All others wait for the moment that this takes. Refuses slots that do not divide a day
 * and windows that are no whole slots.
 */
export async function resizeSlots({
  platformName,
  slotMinutes,
  windowHours,
  admin,
  now,
}: {
  platformName: string;
  slotMinutes?: number | undefined;
  windowHours?: number | undefined;
  admin: { readonly name: string };
  now: Millis;
}): Promise<Result<SlotRule>> {
  const platform = await findPlatform(platformName);
  if (!platform) return no("NOT_FOUND", `There is no platform “${platformName}”.`);
  const rule = { slotMinutes: slotMinutes ?? platform.slotMinutes, windowHours: windowHours ?? platform.windowHours };
  const isSlot = Number.isSafeInteger(rule.slotMinutes) && rule.slotMinutes >= 1 && 1440 % rule.slotMinutes === 0;
  if (!isSlot) return no("INVALID_REQUEST", "A slot is a whole number of minutes that divides a day of 1440 minutes.");
  const isWindow = Number.isSafeInteger(rule.windowHours) && rule.windowHours >= 1 && rule.windowHours <= MOST_HOURS;
  if (!isWindow || (rule.windowHours * 60) % rule.slotMinutes !== 0) {
    return no("INVALID_REQUEST", `The window is a whole number of slots, from 1 to ${MOST_HOURS} hours.`);
  }
  await cutTimeAnew(platform.id, rule, { who: admin.name, now });
  return yes(rule);
}
