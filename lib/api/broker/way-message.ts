import type { WayForward } from "#lib/booking/ways-forward.ts";
import { writeInstant } from "../iso8601/write-time.ts";
import type { Message } from "../standard/message.ts";

const templates: Record<WayForward["kind"], string> = {
  earlier: "{platform} has room for it earlier: from {start} to {end}.",
  later: "{platform} has room for it later: from {start} to {end}.",
  smaller: "{platform} has room for less then: {cores} cores, {memory} GiB and {gpus} GPUs, from {start} to {end}.",
  shorter: "{platform} has room for a shorter time: from {start} to {end}.",
  elsewhere: "{platform} has room for it: from {start} to {end}.",
};

/** What could be had instead of what was refused on the platform of that title: a request for exactly this would get an offer. */
export function wayMessage({ kind, startsAt, endsAt, request, platform }: WayForward, title: string): Message {
  const { cores, memoryGiB, gpus } = request.resources;
  return {
    kind: "urn:way-forward",
    level: "INFO",
    template: templates[kind],
    values: {
      path: "/schedule/requested/start",
      platform: platform?.title ?? title,
      start: writeInstant(startsAt),
      end: writeInstant(endsAt),
      cores: String(cores),
      memory: String(memoryGiB),
      gpus: String(gpus),
    },
  };
}
