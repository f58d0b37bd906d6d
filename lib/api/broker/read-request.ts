import { normaliseRequest } from "../normalise/normalise-request.ts";
import { isOlder } from "../normalise/notes.ts";
import type { Message } from "../standard/message.ts";
import { executionRequest, type StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";
import { answerFields } from "./answer-fields.ts";
import { atMost } from "./at-most.ts";
import { checkKinds } from "./check-kinds.ts";
import { checkReferences } from "./check-references.ts";
import { checkConstraints } from "./constraints.ts";
import { readAmounts, type WishedAmounts } from "./read-amounts.ts";
import { readSchedule, type WishedSchedule } from "./read-schedule.ts";
import { sentPath } from "./sent-path.ts";
import { type Misfit, type StrangeValue, strictParse } from "./strict-parse.ts";
import { tooMany } from "./too-many.ts";
import { unknownField } from "./unknown-fields.ts";

/** A request as it was understood, whatever the platform. With an ERROR among the messages the answer is NO. */
export interface Asked {
  /** In the words of 1.0, with the names that its offers give back. */
  readonly request: StandardRequest;
  readonly amounts: WishedAmounts;
  readonly schedule: WishedSchedule;
  readonly messages: readonly Message[];
}

export type RequestRead =
  | { readonly ok: true; readonly value: Asked }
  | { readonly ok: false; readonly error: readonly Misfit[] };

/**
 * Reads the body of a request: older shapes become those of 1.0, unknown kinds and whatever contradicts itself become reasons for
 * a NO, and unknown fields warnings. Only a body whose types are wrong is an error, with the places.
 */
export function readRequest(body: unknown): RequestRead {
  const normalised = normaliseRequest(body);
  const checked = checkKinds(withTextCommand(normalised.body));
  const { kept } = checked;
  const places = normalised.places ?? new Map<string, string>();
  const read = strictParse(executionRequest, checked.body, { withValues: true });
  if (!read.ok) {
    return { ok: false, error: read.error.map((misfit) => placed(misfit, sentPath(misfit.path, { kept, places }))) };
  }
  const request = read.value;
  const amounts = readAmounts(request.compute);
  const schedule = readSchedule(request.schedule);
  const hasExecutable = request.executable !== undefined || checked.messages.some(isOfExecutable);
  const tooMuch = tooMany(request);
  const found = [
    ...read.unknown.map((path) => unknownField(path, isOlder(normalised.notes))),
    ...answerFields(request),
    ...read.strange.map(strangeValue),
    ...(hasExecutable ? [] : [executableRequired]),
    ...amounts.messages,
    ...schedule.messages,
    ...tooMuch,
    // What is beyond all bounds is not looked at one by one.
    ...(tooMuch.length > 0 ? [] : [...checkReferences(request), ...checkConstraints(request)]),
  ];
  return {
    ok: true,
    value: {
      request,
      amounts: { least: amounts.least, most: amounts.most },
      schedule: { durationMs: schedule.durationMs, mostMs: schedule.mostMs, windows: schedule.windows },
      messages: atMost([
        ...normalised.notes,
        ...pointing(checked.messages, { kept: new Map(), places }),
        ...pointing(found, { kept, places }),
      ]),
    },
  };
}

/** Messages that point into the body as it was sent. */
const pointing = (messages: readonly Message[], sent: Parameters<typeof sentPath>[1]): Message[] =>
  messages.map((message) => {
    const path = shown(sentPath(message.values.path ?? "/", sent));
    return { ...message, values: { ...message.values, path } };
  });

/** The same, in the words of the body as it was sent. */
const placed = ({ path, sentence }: Misfit, sent: string): Misfit => ({
  path: sent,
  sentence: sentence.startsWith(`${path}: `) ? `${sent}${sentence.slice(path.length)}` : sentence,
});

/** Arguments of a command that were sent as numbers are meant as text: YAML has no quotes to remind people. */
function withTextCommand(body: unknown): unknown {
  const executable = (body as { executable?: { command?: unknown } } | null)?.executable;
  if (!Array.isArray(executable?.command)) return body;
  const command = executable.command.map((argument) => (typeof argument === "number" ? String(argument) : argument));
  return { ...(body as object), executable: { ...executable, command } };
}

const isOfExecutable = ({ values }: Message) => values.path?.startsWith("/executable") === true;

const strangeValue = ({ path, value, allowed }: StrangeValue): Message => ({
  kind: "urn:invalid-value",
  level: "ERROR",
  template: "{path} is “{value}”; it can be {allowed}.",
  values: { path, value: shown(value), allowed: allowed.join(", ") },
});

const executableRequired: Message = {
  kind: "urn:executable-required",
  level: "ERROR",
  template: "The request does not say what to run ({path}).",
  values: { path: "/executable" },
};
