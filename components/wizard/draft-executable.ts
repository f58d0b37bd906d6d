import type { PlatformView } from "#lib/api/view.ts";
import type { Executable, ExecutableType } from "#lib/booking/executable.ts";
import { firstImage, imagesFor, shortImage, wholeImage } from "#lib/booking/images.ts";
import type { Draft } from "./request-draft.ts";
import { readVariables } from "./variables.ts";

type WhatToRun = Pick<Draft, "type" | "image" | "command" | "args" | "environment">;

/** What stands in the field of the image. */
export const imageText = ({ type, image }: WhatToRun, { choices }: PlatformView): string =>
  image ?? shortImage(firstImage(type, choices), choices);

/** What the draft would run. Variables that cannot be read are left out: they have been refused already. */
export function executableOf(draft: WhatToRun, platform: PlatformView): Executable {
  const { type, command, args } = draft;
  const image = platform.onlyNotebooks ? (draft.image ?? "") : wholeImage(imageText(draft, platform), platform.choices);
  if (type !== "headless") return { type, image: image || null };
  const variables = readVariables(draft.environment);
  return { type, image: image || null, command, args, environment: variables.ok ? variables.value : {} };
}

/** The draft with another type: its image stays when that can run as such, or when nobody knows. */
export function withType(draft: WhatToRun, type: ExecutableType, platform: PlatformView): Partial<Draft> {
  const { choices } = platform;
  const stays = draft.image !== null && imagesFor(type, choices).includes(wholeImage(draft.image, choices));
  return { type, image: stays || choices === null ? draft.image : null };
}
