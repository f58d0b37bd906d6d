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

/** A refusal of the broker as a message: on which platform, at which time, about which field. */
export function refusalMessage({ code, sentence, field, slot }: Refusal, platform: string | null): Message {
  const values: Record<string, string> = { sentence, code };
  if (field !== undefined && field in pathOf) values.path = pathOf[field as RequestField];
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
