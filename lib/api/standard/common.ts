import { z } from "zod";
import { KIND_BASE, kinds } from "./kinds.ts";

/**
 * What the objects of the IVOA Execution Broker 1.0 have in common. The same schemas validate what comes in, describe what goes
 * out (lib/api/openapi) and tell XML its types. All are strict: a field too many is found, and answered with a warning.
 */

/** Whole numbers up to 2^53 - 1: beyond that JSON readers lose digits, so they are refused. */
export const int64 = z.int().meta({ format: "int64" });
export const float = z.number().meta({ format: "float" });
export const dateTime = z.string().meta({ format: "date-time" });
export const uri = z.string().meta({ format: "uri" });
export const uuid = z.guid();

/** The discriminator: an attribute in XML. */
export const kindOf = <K extends string>(kind: K) =>
  z.literal(kind).meta({
    ...(kind.startsWith(KIND_BASE) && { format: "uri" }),
    xml: { attribute: true },
    description: "Says which of the structures this is.",
  });

export const nameValueMap = z.record(z.string(), z.string()).meta({ description: "Values by name." });

export const messageItem = z
  .strictObject({
    kind: z.string().meta({ description: "What the message is about, such as urn:resource-limit." }).optional(),
    time: dateTime.optional(),
    level: z.enum(["DEBUG", "WARN", "ERROR", "INFO", "OTHER"]).optional(),
    template: z.string().meta({ description: "The sentence with a {name} for each of the values." }).optional(),
    values: nameValueMap.optional(),
    message: z.string().meta({ description: "The sentence as people read it." }).optional(),
  })
  .meta({ description: "A message to whoever asked.", xml: { name: "message" } });

const optionPath = z.string().meta({ description: "What may be changed, such as /phase." });
const units = z.string().optional();
const range = { min: int64.optional(), max: int64.optional(), units };

export const stringValueOption = z.strictObject({
  kind: kindOf(kinds.options.stringValue),
  path: optionPath,
  pattern: z.string().optional(),
});
export const enumValueOption = z.strictObject({
  kind: kindOf(kinds.options.enumValue),
  path: optionPath,
  values: z.array(z.string()),
});
export const integerValueOption = z.strictObject({
  kind: kindOf(kinds.options.integerValue),
  path: optionPath,
  ...range,
});
export const integerDeltaOption = z.strictObject({
  kind: kindOf(kinds.options.integerDelta),
  path: optionPath,
  ...range,
});
export const abstractOption = z
  .discriminatedUnion("kind", [stringValueOption, enumValueOption, integerValueOption, integerDeltaOption])
  .meta({ description: "Something the caller may change now." });

export const componentMetadata = z
  .strictObject({
    uuid: uuid.meta({ description: "Given by the broker." }).optional(),
    name: z.string().meta({ description: "Given by the client." }).optional(),
    url: uri.meta({ description: "Where the component can be read." }).optional(),
    description: z.string().optional(),
    created: dateTime.optional(),
    modified: dateTime.optional(),
    messages: z
      .array(messageItem)
      .meta({ xml: { name: "messages" }, itemsXml: { name: "message" } })
      .optional(),
    options: z
      .array(abstractOption)
      .meta({ xml: { name: "options" } })
      .optional(),
  })
  .meta({ description: "Who a component is, and what is to be said of it." });

const measured = {
  type: uri.meta({ description: "What is measured." }).optional(),
  description: z.string().meta({ description: "In words, with the unit." }).optional(),
};
const bounds = { min: float.optional(), max: float.optional() };

export const plainCostItem = z.strictObject({ kind: kindOf(kinds.cost.abstract), ...measured });
export const simpleMinMaxFloatCost = z.strictObject({ kind: kindOf(kinds.cost.simple), ...measured, ...bounds });
export const abstractCostItem = z
  .discriminatedUnion("kind", [simpleMinMaxFloatCost, plainCostItem])
  .meta({ description: "What it costs; in a request, the most that may be spent (max)." });
export const abstractCostItemList = z
  .array(abstractCostItem)
  .meta({ xml: { name: "costs" }, itemsXml: { name: "cost" } });

export const plainMetricItem = z.strictObject({ kind: kindOf(kinds.metric.abstract), ...measured });
export const simpleMinMaxFloatMetric = z.strictObject({ kind: kindOf(kinds.metric.simple), ...measured, ...bounds });
export const abstractMetricItem = z
  .discriminatedUnion("kind", [simpleMinMaxFloatMetric, plainMetricItem])
  .meta({ description: "How well it performs; in a request, the least that will do (min)." });
export const abstractMetricItemList = z
  .array(abstractMetricItem)
  .meta({ xml: { name: "metrics" }, itemsXml: { name: "metric" } });

/** Every component has these. */
export const component = {
  meta: componentMetadata.optional(),
  costs: abstractCostItemList.optional(),
  metrics: abstractMetricItemList.optional(),
};

export const lifecyclePhase = z
  .enum([
    "INITIALIZING",
    "WAITING",
    "PREPARING",
    "AVAILABLE",
    "RUNNING",
    "RELEASING",
    "COMPLETED",
    "FAILED",
    "CANCELLED",
  ])
  .meta({ description: "Where a component is in its life." });

/** Patterns are told to clients; what a request says is read by lib/api/iso8601, which is stricter than any pattern. */
export const iso8601Instant = z.string().meta({
  description: "A time, such as 2026-11-27T14:00:00Z.",
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$",
  examples: ["2026-11-27T14:00:00Z"],
});
export const iso8601Duration = z.string().meta({
  description: "A length of time, such as PT1H: weeks, or days, hours, minutes and seconds.",
  pattern: "^P(?=\\d|T\\d)(\\d+W|(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?)$",
  examples: ["PT1H", "P1DT2H"],
});
export const iso8601Interval = z.string().meta({
  description: "A span of time: start/end or start/duration.",
  pattern: "^[^/]+/[^/]+$",
  examples: ["2026-11-27T14:00:00Z/PT2H", "2026-11-27T14:00:00Z/2026-11-27T16:00:00Z"],
});

export const lifecycleStartDurationInstant = z.strictObject({
  start: iso8601Instant.optional(),
  duration: iso8601Duration.optional(),
});
export const lifecycleStartDurationInterval = z.strictObject({
  start: iso8601Interval.optional(),
  duration: iso8601Duration.optional(),
});
export const lifecycleSchedule = z.strictObject({
  preparing: lifecycleStartDurationInstant.optional(),
  available: lifecycleStartDurationInterval.optional(),
  releasing: lifecycleStartDurationInstant.optional(),
});

/** Executables, compute, storage and data have these too. */
export const lifecycle = { phase: lifecyclePhase.optional(), schedule: lifecycleSchedule.optional() };
