import type { CalendarView, SessionView } from "#lib/api/view.ts";
import { slotFit } from "#lib/booking/capacity.ts";
import { slotLength } from "#lib/booking/slot.ts";

/**
 * Why a session cannot be extended by a single slot, as far as the calendar knows: it may show another platform by now, or
 * not be read yet.
 */
export function whyNoExtension(
  { platform, endsAt, resources }: Pick<SessionView, "platform" | "endsAt" | "resources">,
  view: CalendarView | undefined,
): string {
  const why = (reason: string) => `It cannot be extended: ${reason}.`;
  if (view?.platform.name !== platform.name) return why("the next slot is taken");
  const windowEnd = (view.slots.at(-1)?.start ?? endsAt) + slotLength(view.platform);
  if (endsAt >= windowEnd) return why("one can book no further ahead yet");
  const slot = view.slots.find(({ start }) => start === endsAt);
  if (!slot) return why("the next slot is taken");
  if (slot.closed !== null) return why("the next slot is closed");
  const { fit, scarcity } = slotFit(slot, resources);
  if (fit === "fits") return why("the hours of this window are used up");
  if (scarcity.account === "platform") return why("the next slot is taken");
  return why(
    scarcity.account === "project"
      ? "that is more than your project may have then"
      : "that is more than you may have then",
  );
}
