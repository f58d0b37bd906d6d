import { z } from "zod";
import { dateTime, iso8601Duration, messageItem, uri, uuid } from "./common.ts";
import { abstractExecutionSession, offerSetResponse } from "./sessions.ts";

/** What the standard 1.0 has no words for: errors, lists, and the availability of the window. */

export const problemDetails = z
  .strictObject({
    type: uri.meta({ description: "The kind of problem: about:blank, or a page about it." }),
    title: z.string(),
    status: z.int().meta({ format: "int32" }),
    detail: z.string().meta({ description: "What is wrong, in a sentence." }),
    instance: uri.optional(),
    code: z.string().meta({ description: "The same as a word for programs, such as OFFER_EXPIRED." }).optional(),
    path: z.string().meta({ description: "The place in what was sent, as a JSON pointer." }).optional(),
    parameter: z.string().meta({ description: "The parameter of the address that cannot be right." }).optional(),
    line: z.int().meta({ format: "int32", description: "The line of the body, from 1." }).optional(),
    column: z.int().meta({ format: "int32", description: "The column in that line, from 1." }).optional(),
    phase: z.string().meta({ description: "The phase the session is in." }).optional(),
    allowed: z.array(z.string()).meta({ description: "What may be asked for instead." }).optional(),
    messages: z
      .array(messageItem)
      .meta({ xml: { name: "messages" } })
      .optional(),
  })
  .meta({
    description: "Why a request could not be answered (RFC 9457).",
    xml: { name: "problem", namespace: "urn:ietf:rfc:7807" },
  });
export type ProblemDetails = z.output<typeof problemDetails>;

const next = z.string().meta({ description: "The address of the next page; left out on the last one." }).optional();

export const sessionList = z
  .strictObject({ items: z.array(abstractExecutionSession).meta({ xml: { name: "items", wrapped: true } }), next })
  .meta({ description: "Sessions, the newest first. No link to what runs is in a list.", xml: { name: "sessions" } });

export const offerSetList = z
  .strictObject({ items: z.array(offerSetResponse).meta({ xml: { name: "items", wrapped: true } }), next })
  .meta({ description: "Offer sets, the newest first.", xml: { name: "offersets" } });

export const resourceAmounts = z
  .strictObject({
    cores: z.int().meta({ format: "int32" }),
    memory: z.int().meta({ format: "int32", description: "In GiB." }),
    gpus: z.int().meta({ format: "int32" }),
  })
  .meta({ description: "Amounts of cores, memory and GPUs." });

export const slotAvailability = z
  .strictObject({
    start: dateTime,
    free: resourceAmounts,
    closed: z.string().meta({ description: "Why nothing can be booked then; left out where it can." }).optional(),
  })
  .meta({ description: "One slot: the most that the caller could have in it.", xml: { name: "slot" } });

export const platformSlots = z
  .strictObject({
    platform: z.string().meta({ description: "Its name." }),
    title: z.string(),
    project: z.string().meta({ description: "The project that bookings there count for." }),
    slot: iso8601Duration,
    total: resourceAmounts,
    slots: z.array(slotAvailability).meta({ xml: { name: "slots", wrapped: true } }),
  })
  .meta({ description: "The window of one platform, slot by slot.", xml: { name: "platform" } });

export const slotList = z
  .strictObject({ platforms: z.array(platformSlots).meta({ xml: { name: "platforms", wrapped: true } }) })
  .meta({ description: "What can be booked, by platform.", xml: { name: "availability" } });

export const sessionEvent = z
  .strictObject({ uuid, phase: z.string(), modified: dateTime })
  .meta({ description: "What one event of a session's stream says: read the session to see the rest." });
