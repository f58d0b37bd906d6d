import { z } from "zod";
import { type LimitField, no, type Refusal, type Result, yes } from "#lib/booking/refusal.ts";

const whole = "A limit is a whole number.";
/** As JSON or as the text of a field. Nothing else is guessed: an emptied field is no 0. */
const amount = z
  .union(
    [
      z.number(),
      z
        .string()
        .trim()
        .regex(/^\d{1,15}$/, whole)
        .transform(Number),
    ],
    whole,
  )
  .pipe(
    z.number(whole).int(whole).min(0, "A limit is 0 or more.").max(100_000_000, "That is more than can be counted."),
  );
/** An empty field: no such limit. */
const orNone = z.union([z.literal("").transform(() => null), z.null(), amount], "A limit is a whole number, or empty.");
const time = z
  .number("That is no time.")
  .int("That is no time.")
  .min(0, "That is no time.")
  .max(8.64e15, "That is no time.");

/** What the administrator's form sends: amounts may come as text. */
const limitChange = z.object({
  accountId: z.string().regex(/^\d{1,18}$/, "There is no such account."),
  limits: z
    .object({
      cores: amount,
      memoryGiB: amount,
      gpus: amount,
      coreHours: orNone,
      gpuHours: orNone,
      openBookings: orNone,
      offerSets: orNone,
    })
    .partial()
    .optional(),
  close: z
    .object({
      from: time,
      until: time,
      reason: z
        .string()
        .trim()
        .min(1, "Say why: everybody will read it.")
        .max(200, "At most 200 characters.")
        .nullable(),
    })
    .optional(),
  policy: z.enum(["keep", "cancel"], "Keep the bookings, or cancel those that no longer fit?"),
});

export type LimitChangeForm = z.input<typeof limitChange>;
type LimitChange = z.output<typeof limitChange>;

/** Reads a change of limits from outside. Every problem comes back with the field it belongs to; of one field, the first. */
export function parseLimitChange(input: unknown): Result<LimitChange, Refusal[]> {
  const read = limitChange.safeParse(input);
  if (read.success) return yes(read.data);
  const byField = new Map<string, Refusal>();
  for (const { path, message } of read.error.issues) {
    const name = String(path[0] === "limits" ? (path[1] ?? "") : (path[0] ?? ""));
    if (!byField.has(name)) byField.set(name, no("INVALID_REQUEST", message, { field: name as LimitField }).error);
  }
  return { ok: false, error: [...byField.values()] };
}
