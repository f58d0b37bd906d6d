import { z } from "zod";
import { phases } from "#lib/booking/phase.ts";
import { component, dateTime, iso8601Duration, iso8601Instant, iso8601Interval, kindOf, uri } from "./common.ts";
import { abstractExecutable } from "./executables.ts";
import { kinds } from "./kinds.ts";
import { abstractComputeResource, abstractDataResourceList, abstractStorageResourceList } from "./resources.ts";

export const simpleExecutionSessionPhase = z.enum(phases).meta({ description: "Where a session is in its life." });

export const simpleSessionConnector = z
  .strictObject({
    kind: z.string().meta({ description: "What kind of thing the link opens." }).optional(),
    status: z.enum(["PREPARING", "AVAILABLE", "FINISHED"]).optional(),
    protocol: z.string().optional(),
    location: z.string().meta({ description: "The link, while it can be used." }).optional(),
  })
  .meta({ description: "A link to what runs." });
export const simpleSessionConnectorList = z.array(simpleSessionConnector).meta({ xml: { name: "connector" } });

const session = {
  ...component,
  phase: simpleExecutionSessionPhase.optional(),
  expires: dateTime.meta({ description: "Until when the offer can be accepted; only while it is OFFERED." }).optional(),
  executable: abstractExecutable.optional(),
  compute: abstractComputeResource.optional(),
  storage: abstractStorageResourceList.optional(),
  data: abstractDataResourceList.optional(),
  connectors: simpleSessionConnectorList.optional(),
};

export const simpleExecutionSession = z
  .strictObject({ kind: kindOf(kinds.session.simple), ...session })
  .meta({ description: "A session without a booked time.", xml: { name: "execution" } });

export const scheduleStartDurationInstant = z.strictObject({
  start: iso8601Instant.optional(),
  duration: iso8601Duration.optional(),
});
export const scheduleStartDurationInterval = z.strictObject({
  start: iso8601Interval.optional(),
  duration: iso8601Duration.optional(),
});
export const scheduledExecutionSchedule = z.strictObject({
  preparing: scheduleStartDurationInstant.optional(),
  available: scheduleStartDurationInterval.optional(),
  releasing: scheduleStartDurationInstant.optional(),
});
export const scheduledExecutionSession = z
  .strictObject({
    kind: kindOf(kinds.session.scheduled),
    ...session,
    schedule: scheduledExecutionSchedule.optional(),
  })
  .meta({ description: "An offer of booked time, and the session it becomes.", xml: { name: "execution" } });
export type ScheduledSession = z.output<typeof scheduledExecutionSession>;

export const abstractExecutionSession = z
  .discriminatedUnion("kind", [scheduledExecutionSession, simpleExecutionSession])
  .meta({ description: "An offer, or the session it became.", xml: { name: "execution" } });

export const offerSetResponse = z
  .strictObject({
    kind: uri.meta({ xml: { attribute: true } }).optional(),
    ...component,
    result: z
      .enum(["YES", "NO"])
      .meta({ description: "Whether there are offers; of a NO, meta.messages says why." })
      .optional(),
    description: z.string().optional(),
    offers: z
      .array(abstractExecutionSession)
      .meta({ xml: { name: "offers", wrapped: true }, itemsXml: { name: "execution" } })
      .optional(),
  })
  .meta({ description: "The answer to a request.", xml: { name: "offers-response" } });
export type OfferSetResponse = z.output<typeof offerSetResponse>;
