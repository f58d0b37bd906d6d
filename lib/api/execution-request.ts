import { z } from "zod";
import { no, type Refusal, type RequestField, type Result, yes } from "#lib/booking/refusal.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";

/** A whole number as JSON or as the text of a form field; anything else is refused with the sentence. */
const wholeNumber = (sentence: string) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .trim()
          .regex(/^[+-]?\d{1,16}$/, sentence)
          .transform(Number),
      ],
      sentence,
    )
    .pipe(
      z.number(sentence).int(sentence).min(-Number.MAX_SAFE_INTEGER, sentence).max(Number.MAX_SAFE_INTEGER, sentence),
    );

/** What the request form sends. Amounts may come as text: an impossible one is refused, never guessed. */
export const executionRequest = z.object(
  {
    executable: z
      .object({
        type: z.literal("notebook", "Only notebooks can be run here."),
        image: z
          .string()
          .trim()
          .max(255, "The name of an image is 255 characters at the most.")
          .regex(/^[\x21-\x7e]*$/, "The name of an image has no spaces and no special characters.")
          .nullable()
          .transform((image) => image || null),
      })
      .default({ type: "notebook", image: null }),
    cores: wholeNumber("Cores must be a whole number of at least 1."),
    memoryGiB: wholeNumber("Memory must be a whole number of GiB, at least 1."),
    gpus: wholeNumber("GPUs must be a whole number of at least 0.").default(0),
    durationSlots: wholeNumber("The duration must be a whole number of slots, at least 1."),
    start: z
      .discriminatedUnion(
        "kind",
        [
          z.object({ kind: z.literal("now") }),
          z.object({
            kind: z.literal("window"),
            from: wholeNumber("The start must be a time."),
            until: wholeNumber("The start must be a time."),
          }),
        ],
        "The start must be “now” or a window of time.",
      )
      .default({ kind: "now" }),
  },
  "A request says cores, memory, duration and start.",
);

/** The form as the browser holds it: text in the fields, until it is parsed. */
export type RequestForm = z.input<typeof executionRequest>;

const requestFields = [
  "executable",
  "cores",
  "memoryGiB",
  "gpus",
  "durationSlots",
  "start",
] as const satisfies readonly RequestField[];

/** Reads a request from outside. Every problem comes back with the field it belongs to; of one field, the first. */
export function parseExecutionRequest(input: unknown): Result<ExecutionRequest, Refusal[]> {
  const read = executionRequest.safeParse(input);
  if (read.success) {
    const { executable, cores, memoryGiB, gpus, durationSlots, start } = read.data;
    return yes({ executable, resources: { cores, memoryGiB, gpus }, durationSlots, start });
  }
  const byField = new Map<RequestField | undefined, Refusal>();
  for (const issue of read.error.issues) {
    const field = requestFields.find((name) => name === issue.path[0]);
    if (!byField.has(field)) byField.set(field, no("INVALID_REQUEST", issue.message, field && { field }).error);
  }
  return { ok: false, error: [...byField.values()] };
}

/** The form that asks for a request again. */
export const toRequestForm = (request: ExecutionRequest): RequestForm => ({
  executable: request.executable,
  ...request.resources,
  durationSlots: request.durationSlots,
  start: request.start,
});
