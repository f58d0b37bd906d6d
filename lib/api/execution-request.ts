import { z } from "zod";
import { no, type Refusal, type RequestField, type Result, yes } from "#lib/booking/refusal.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { executableForm } from "./executable-form.ts";

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
    executable: executableForm.default({ type: "notebook", image: null }),
    cores: wholeNumber("Cores must be a whole number of at least 1."),
    memoryGiB: wholeNumber("Memory must be a whole number of GiB, at least 1."),
    gpus: wholeNumber("GPUs must be a whole number of at least 0.").default(0),
    durationSlots: wholeNumber("The duration must be a whole number of slots, at least 1."),
    // The least that will do; without it, what is wished or nothing.
    minCores: wholeNumber("Cores must be a whole number of at least 1.").optional(),
    minMemoryGiB: wholeNumber("Memory must be a whole number of GiB, at least 1.").optional(),
    minGpus: wholeNumber("GPUs must be a whole number of at least 0.").optional(),
    minDurationSlots: wholeNumber("The duration must be a whole number of slots, at least 1.").optional(),
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

/** Where a problem with an entry of the form is shown: at the field of the same amount. */
const fieldOf: ReadonlyMap<PropertyKey | undefined, RequestField> = new Map(
  Object.entries({
    executable: "executable",
    cores: "cores",
    memoryGiB: "memoryGiB",
    gpus: "gpus",
    durationSlots: "durationSlots",
    minCores: "cores",
    minMemoryGiB: "memoryGiB",
    minGpus: "gpus",
    minDurationSlots: "durationSlots",
    start: "start",
  } satisfies Record<keyof RequestForm, RequestField>),
);

/** Of what runs, the command and the variables have fields of their own. */
function fieldAt([entry, part]: readonly PropertyKey[]): RequestField | undefined {
  if (entry === "executable" && part === "environment") return "environment";
  if (entry === "executable" && (part === "command" || part === "args")) return "command";
  return fieldOf.get(entry);
}

/** Reads a request from outside. Every problem comes back with the field it belongs to; of one field, the first. */
export function parseExecutionRequest(input: unknown): Result<ExecutionRequest, Refusal[]> {
  const read = executionRequest.safeParse(input);
  if (read.success) return yes(toRequest(read.data));
  const byField = new Map<RequestField | undefined, Refusal>();
  for (const issue of read.error.issues) {
    const field = fieldAt(issue.path);
    if (!byField.has(field)) byField.set(field, no("INVALID_REQUEST", issue.message, field && { field }).error);
  }
  return { ok: false, error: [...byField.values()] };
}

/** Of what has no least, exactly what is wished will do. */
function toRequest(form: z.output<typeof executionRequest>): ExecutionRequest {
  const { executable, cores, memoryGiB, gpus, durationSlots, minCores, minMemoryGiB, minGpus, minDurationSlots } = form;
  const hasLeast = [minCores, minMemoryGiB, minGpus].some((least) => least !== undefined);
  const least = { cores: minCores ?? cores, memoryGiB: minMemoryGiB ?? memoryGiB, gpus: minGpus ?? gpus };
  return {
    executable,
    resources: { cores, memoryGiB, gpus },
    ...(hasLeast ? { minResources: least } : {}),
    durationSlots,
    ...(minDurationSlots === undefined ? {} : { minDurationSlots }),
    start: form.start,
  };
}

/** The form that asks for a request again. */
export function toRequestForm(request: ExecutionRequest): RequestForm {
  const { executable, resources, minResources: least, durationSlots, minDurationSlots, start } = request;
  return {
    executable,
    ...resources,
    ...(least ? { minCores: least.cores, minMemoryGiB: least.memoryGiB, minGpus: least.gpus } : {}),
    durationSlots,
    ...(minDurationSlots === undefined ? {} : { minDurationSlots }),
    start,
  };
}
