import type { Refusal, RefusalCode, RequestField } from "#lib/booking/refusal.ts";
import { writeInstant } from "../iso8601/write-time.ts";
import type { Message, MessageKind } from "../standard/message.ts";

/** What a message about a refusal is about. Those that cannot come of a request are here too, so that none is forgotten. */
const kindOf: Partial<Record<RefusalCode, MessageKind>> = {
  INVALID_REQUEST: "urn:invalid-value",
  OUTSIDE_WINDOW: "urn:outside-window",
  BEYOND_PLATFORM: "urn:resource-limit",
  NO_CAPACITY: "urn:no-capacity",
  SLOT_CLOSED: "urn:no-capacity",
  PLATFORM_CHANGED: "urn:no-capacity",
  QUOTA_REACHED: "urn:quota-reached",
  BUDGET_REACHED: "urn:quota-reached",
  TOO_MANY_OFFERS: "urn:quota-reached",
};

/** Where in a request of the standard a field of ours stands. */
const pathOf: Record<RequestField, string> = {
  executable: "/executable",
  command: "/executable/command",
  environment: "/executable/environment",
  cores: "/compute/cores/min",
  memoryGiB: "/compute/memory/min",
  gpus: "/compute/gpus/min",
  durationSlots: "/schedule/requested/duration",
  start: "/schedule/requested/start",
};

/** Refusals that another time may not meet. */
const isOfTime: ReadonlySet<RefusalCode> = new Set([
  "OUTSIDE_WINDOW",
  "NO_CAPACITY",
  "SLOT_CLOSED",
  "PLATFORM_CHANGED",
  "TOO_LATE",
]);

/** The field that a refusal is about; the whole request where it is about none. */
function placeOf({ code, field }: Refusal): string {
  if (field !== undefined && Object.hasOwn(pathOf, field)) return pathOf[field as RequestField];
  return isOfTime.has(code) ? pathOf.start : "/";
}

/** A refusal of the broker as a message: on which platform, at which time, about which field. */
export function refusalMessage(refusal: Refusal, platform: string | null): Message {
  const { code, sentence, slot } = refusal;
  const values: Record<string, string> = { path: placeOf(refusal), sentence, code };
  if (platform !== null) values.platform = platform;
  if (slot !== undefined) values.slot = writeInstant(slot);
  const template = `${platform === null ? "" : "{platform}: "}{sentence}${slot === undefined ? "" : " ({slot})"}`;
  return {
    kind: kindOf[code] ?? "urn:not-allowed",
    level: "ERROR",
    template,
    values,
  };
}
