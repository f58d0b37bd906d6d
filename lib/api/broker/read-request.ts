import { normaliseRequest } from "../normalise/normalise-request.ts";
import type { Message } from "../standard/message.ts";
import { executionRequest, type StandardRequest } from "../standard/requests.ts";
import { checkKinds } from "./check-kinds.ts";
import { checkReferences } from "./check-references.ts";
import { MOST_COMPONENTS } from "./component-id.ts";
import { checkConstraints } from "./constraints.ts";
import { readAmounts, type WishedAmounts } from "./read-amounts.ts";
import { readSchedule, type WishedSchedule } from "./read-schedule.ts";
import { countComponents } from "./show-components.ts";
import { type Misfit, strictParse } from "./strict-parse.ts";
import { unknownFields } from "./unknown-fields.ts";

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
  const read = strictParse(executionRequest, checked.body);
  if (!read.ok) return read;
  const request = read.value;
  const amounts = readAmounts(request.compute);
  const schedule = readSchedule(request.schedule);
  const hasExecutable = request.executable !== undefined || checked.messages.some(isOfExecutable);
  return {
    ok: true,
    value: {
      request,
      amounts: { least: amounts.least, most: amounts.most },
      schedule: { durationMs: schedule.durationMs, mostMs: schedule.mostMs, windows: schedule.windows },
      messages: [
        ...normalised.notes,
        ...checked.messages,
        ...unknownFields(read.unknown),
        ...(hasExecutable ? [] : [executableRequired]),
        ...amounts.messages,
        ...schedule.messages,
        ...checkReferences(request),
        ...tooManyComponents(request),
        ...checkConstraints(request),
      ],
    },
  };
}

/** Arguments of a command that were sent as numbers are meant as text: YAML has no quotes to remind people. */
function withTextCommand(body: unknown): unknown {
  const executable = (body as { executable?: { command?: unknown } } | null)?.executable;
  if (!Array.isArray(executable?.command)) return body;
  const command = executable.command.map((argument) => (typeof argument === "number" ? String(argument) : argument));
  return { ...(body as object), executable: { ...executable, command } };
}

function tooManyComponents(request: StandardRequest): Message[] {
  const count = countComponents(request);
  if (count <= MOST_COMPONENTS) return [];
  const template = "The request has {count} components; a session has {most} at the most ({path}).";
  return [
    {
      kind: "urn:resource-limit",
      level: "ERROR",
      template,
      values: { path: "/", count: String(count), most: String(MOST_COMPONENTS) },
    },
  ];
}

const isOfExecutable = ({ values }: Message) => values.path?.startsWith("/executable") === true;

const executableRequired: Message = {
  kind: "urn:executable-required",
  level: "ERROR",
  template: "The request does not say what to run ({path}).",
  values: { path: "/executable" },
};
