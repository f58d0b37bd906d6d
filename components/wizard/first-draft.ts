import type { CalendarView } from "#lib/api/view.ts";
import { smallerOf } from "#lib/booking/resources.ts";
import { firstShape } from "./common-shapes.ts";
import { type Draft, durationStep, nothingLess } from "./request-draft.ts";

/** What the address asked for ("Book again"); text, as it came. */
export type AskedInAddress = Readonly<Record<string, string | string[] | undefined>>;

/** The form as it first stands: what the address asked for, else a small shape for one slot, at once. */
export function firstDraft(view: CalendarView, asked: AskedInAddress): Draft {
  const mine = view.slots[0]?.accounts.user.limit ?? view.platform.limit;
  const shape = firstShape(smallerOf(view.platform.limit, mine));
  const text = (name: string, otherwise: string | number) => {
    const value = asked[name];
    return typeof value === "string" && value.length <= 40 ? value : String(otherwise);
  };
  return {
    image: text("image", ""),
    cores: text("cores", shape.cores),
    memoryGiB: text("memoryGiB", shape.memoryGiB),
    gpus: text("gpus", shape.gpus),
    ...nothingLess,
    duration: text("duration", durationStep(view.platform)),
    start: "now",
    slot: null,
  };
}
