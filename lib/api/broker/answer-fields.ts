import { pointer } from "../media/pointer.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";

/** What a broker says of each component in its answers, and nobody can ask for. */
const ofAnswers = ["phase", "schedule"] as const;

/** Warnings about the phase and the schedule of components: the request has one schedule, and that is `/schedule/requested`. */
export function answerFields({ executable, compute, storage = [], data = [] }: StandardRequest): Message[] {
  const components = [
    { part: executable, at: ["executable"] },
    { part: compute, at: ["compute"] },
    ...storage.map((part, index) => ({ part, at: ["storage", index] })),
    ...data.map((part, index) => ({ part, at: ["data", index] })),
  ];
  return components.flatMap(({ part = {}, at }) =>
    ofAnswers
      .filter((field) => (part as { readonly [field in (typeof ofAnswers)[number]]?: unknown })[field] !== undefined)
      .map((field) => ({
        kind: "urn:unknown-field" as const,
        level: "WARN" as const,
        template: "{path} is for answers, and was not looked at; when it may start, /schedule/requested says.",
        values: { path: pointer([...at, field]) },
      })),
  );
}
