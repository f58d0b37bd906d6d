import { isPhase, type Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { normaliseUpdate } from "../normalise/normalise-update.ts";
import type { ProblemDetails } from "../standard/extensions.ts";
import { kinds } from "../standard/kinds.ts";
import { inWords, type Message } from "../standard/message.ts";
import { abstractUpdate, type Update } from "../standard/updates.ts";
import { misfitProblem } from "./misfit-problem.ts";
import { problemOf } from "./problem-details.ts";
import { DURATION_PATH, PHASE_PATH, SLOTS } from "./show-options.ts";
import { strictParse } from "./strict-parse.ts";
import { unknownFields } from "./unknown-fields.ts";

/** What an update wants: another phase, or so many slots more (fewer, below zero). */
export type WantedUpdate =
  | { readonly what: "phase"; readonly phase: Phase }
  | { readonly what: "slots"; readonly slots: number };

type UpdateRead =
  | { readonly ok: true; readonly value: WantedUpdate; readonly notes: readonly Message[] }
  | { readonly ok: false; readonly error: ProblemDetails };

/** No session is that long; beyond it a number is a slip, or nonsense. */
const MOST_SLOTS = 10_000;

const updateKinds: readonly unknown[] = Object.values(kinds.updates);

/**
 * Reads the body of an update of the session of that id. 400 where its types are wrong, 422 where it is a kind, a path or a value
 * that no option ever names.
 */
export function readUpdate(body: unknown, uuid: string, now: Millis): UpdateRead {
  const { body: update, notes } = normaliseUpdate(body, uuid);
  const bad = notes.find(({ level }) => level === "ERROR");
  if (bad) return refuse(422, inWords(bad), bad.values.path ?? "");
  const kind = (update as { kind?: unknown } | null)?.kind;
  if (typeof kind === "string" && !updateKinds.includes(kind)) {
    return refuse(422, `There is no update of the kind “${short(kind)}”; there is ${updateKinds.join(", ")}.`, "/kind");
  }
  const read = strictParse(abstractUpdate, update);
  if (!read.ok) return { ok: false, error: misfitProblem(read.error, now) };
  const wanted = wantedBy(read.value);
  return wanted.ok ? { ...wanted, notes: [...notes, ...unknownFields(read.unknown)] } : wanted;
}

function wantedBy(
  update: Update,
): { readonly ok: true; readonly value: WantedUpdate } | Extract<UpdateRead, { ok: false }> {
  const { kind, path } = update;
  if (path === PHASE_PATH) {
    if (kind !== kinds.updates.enumValue)
      return refuse(422, `The phase is changed by ${kinds.updates.enumValue}.`, "/kind");
    if (!isPhase(update.value)) return refuse(422, `There is no phase “${short(update.value)}”.`, "/value");
    return { ok: true, value: { what: "phase", phase: update.value } };
  }
  if (path === DURATION_PATH) {
    if (kind !== kinds.updates.integerDelta) {
      return refuse(422, `The duration is changed by ${kinds.updates.integerDelta}.`, "/kind");
    }
    if (update.units !== undefined && update.units !== SLOTS) {
      return refuse(
        422,
        `The duration is changed by whole slots (units “${SLOTS}”), not by “${short(update.units)}”.`,
        "/units",
      );
    }
    if (update.delta === 0) return refuse(422, "By no slot at all?", "/delta");
    if (Math.abs(update.delta) > MOST_SLOTS) {
      return refuse(422, `The duration is changed by ${MOST_SLOTS} slots at the most.`, "/delta");
    }
    return { ok: true, value: { what: "slots", slots: update.delta } };
  }
  const template = `Nothing can be changed at “${short(path)}”; ${PHASE_PATH} and ${DURATION_PATH} can.`;
  return refuse(422, template, "/path");
}

/** As much of what was sent as a sentence can bear. */
const short = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

const refuse = (
  status: number,
  detail: string,
  path: string,
): { readonly ok: false; readonly error: ProblemDetails } => ({
  ok: false,
  error: problemOf(status, detail, path === "" ? {} : { path }),
});
