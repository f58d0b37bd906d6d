import { z } from "zod";
import { int64, kindOf } from "./common.ts";
import { kinds } from "./kinds.ts";

const path = z.string().meta({ description: "What is changed: /phase, or what the session's options name." });
const units = z.string().optional();

export const stringValueUpdate = z.strictObject({ kind: kindOf(kinds.updates.stringValue), path, value: z.string() });
export const enumValueUpdate = z.strictObject({ kind: kindOf(kinds.updates.enumValue), path, value: z.string() });
export const integerValueUpdate = z.strictObject({
  kind: kindOf(kinds.updates.integerValue),
  path,
  value: int64,
  units,
});
export const integerDeltaUpdate = z.strictObject({
  kind: kindOf(kinds.updates.integerDelta),
  path,
  delta: int64,
  units,
});

export const abstractUpdate = z
  .discriminatedUnion("kind", [stringValueUpdate, enumValueUpdate, integerValueUpdate, integerDeltaUpdate])
  .meta({ description: "A change of a session: one of its meta.options, chosen.", xml: { name: "update" } });
export type Update = z.output<typeof abstractUpdate>;
