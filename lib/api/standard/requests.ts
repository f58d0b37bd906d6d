import { z } from "zod";
import {
  abstractCostItemList,
  abstractMetricItemList,
  componentMetadata,
  iso8601Duration,
  iso8601Interval,
} from "./common.ts";
import { abstractExecutable } from "./executables.ts";
import { abstractComputeResource, abstractDataResourceList, abstractStorageResourceList } from "./resources.ts";

export const requestedScheduleItem = z
  .strictObject({
    duration: iso8601Duration.optional(),
    start: iso8601Interval.optional(),
    // Older shapes only (lib/api/normalise): every window of a list, and the most that may be offered.
    windows: z.array(z.string()).meta({ internal: true }).optional(),
    maxDuration: z.string().meta({ internal: true }).optional(),
  })
  .meta({ description: "For how long, and in which span of time it may start." });
export const requestedScheduleBlock = z.strictObject({ requested: requestedScheduleItem.optional() });

/** What is asked for. Left out: everything but the executable has a default. */
export const executionRequest = z
  .strictObject({
    meta: componentMetadata
      .meta({ description: "Extension: a name and a description, given back in the offers." })
      .optional(),
    executable: abstractExecutable.optional(),
    compute: abstractComputeResource.optional(),
    storage: abstractStorageResourceList.optional(),
    data: abstractDataResourceList.optional(),
    schedule: requestedScheduleBlock.optional(),
    costs: abstractCostItemList.optional(),
    metrics: abstractMetricItemList.optional(),
  })
  .meta({ description: "What is to be run, how big, and roughly when.", xml: { name: "offers-request" } });
export type StandardRequest = z.output<typeof executionRequest>;
