import type { Millis } from "#lib/booking/slot.ts";
import type { ProblemDetails } from "../standard/extensions.ts";
import { problemOf } from "./problem-details.ts";
import { messageItem } from "./show-messages.ts";
import type { Misfit } from "./strict-parse.ts";

const MOST_NAMED = 10;

/**
 * A body that cannot be read as what it should be: all that is wrong in a few sentences, and each as a message with its place; of many
 * the first ones, as one mistake in a long list is the same mistake a thousand times.
 */
export function misfitProblem(all: readonly Misfit[], now: Millis): ProblemDetails {
  const named = all.slice(0, MOST_NAMED);
  const more = all.length - named.length;
  const sentences = [...named.map(({ sentence }) => sentence), ...(more > 0 ? [`And ${more} more.`] : [])];
  const messages = named.map(({ path, sentence }) =>
    messageItem(
      { kind: "urn:input-syntax-fail", level: "ERROR", template: "{sentence}", values: { path, sentence } },
      now,
    ),
  );
  return problemOf(400, sentences.join(" "), { path: named[0]?.path ?? "", messages });
}
