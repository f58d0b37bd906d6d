import type { CalendarView, PlatformView } from "#lib/api/view.ts";
import { type ExecutableType, isExecutableType } from "#lib/booking/executable.ts";
import { shortImage } from "#lib/booking/images.ts";
import { smallerOf } from "#lib/booking/resources.ts";
import { firstShape } from "./common-shapes.ts";
import { type Draft, durationStep, nothingLess } from "./request-draft.ts";

/**
 * What the address asked for; text, as it came. The names are those of the science portal's own links (`type`, `project`,
 * `image`, `cores`, `memory`, `gpus`), so that its users' bookmarks work here, and those of "Book again".
 */
export type AskedInAddress = Readonly<Record<string, string | string[] | undefined>>;

/** The form as it first stands: what the address asked for, else a small shape for one slot, at once. */
export function firstDraft(view: CalendarView, asked: AskedInAddress): Draft {
  const mine = view.slots[0]?.accounts.user.limit ?? view.platform.limit;
  const shape = firstShape(smallerOf(view.platform.limit, mine), view.platform);
  const text = (name: string, otherwise: string | number, most = 40) => {
    const value = asked[name];
    return typeof value === "string" && value.length <= most ? value : String(otherwise);
  };
  const type = text("type", "").toLowerCase();
  return {
    type: isExecutableType(type) && !view.platform.onlyNotebooks ? type : firstType(view.platform),
    image: imageIn(text("project", "", 255), text("image", "", 255), view.platform),
    command: text("cmd", "", 1_000),
    args: text("args", "", 1_000),
    environment: [asked.env ?? []].flat().join("\n").slice(0, 4_000),
    cores: text("cores", shape.cores),
    memoryGiB: text("memoryGiB", text("memory", shape.memoryGiB)),
    gpus: text("gpus", shape.gpus),
    ...nothingLess,
    duration: text("duration", durationStep(view.platform)),
    start: "now",
    slot: null,
  };
}

const firstType = ({ choices }: PlatformView): ExecutableType =>
  choices === null || choices.types.includes("notebook") ? "notebook" : (choices.types[0] ?? "notebook");

/** The portal names the project beside the image; null when no image is named. */
function imageIn(project: string, image: string, { choices }: PlatformView): string | null {
  if (image === "") return null;
  return shortImage(project === "" || image.includes("/") ? image : `${project}/${image}`, choices);
}
