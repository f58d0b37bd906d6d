import { kinds } from "../standard/kinds.ts";
import type { Message } from "../standard/message.ts";

/** Where a request has components that say their kind, and which kinds there may be. */
const places: readonly { readonly at: readonly string[]; readonly known: readonly string[] }[] = [
  { at: ["executable"], known: Object.values(kinds.executable) },
  { at: ["compute"], known: Object.values(kinds.compute) },
  { at: ["compute", "volumes", "*"], known: Object.values(kinds.volume) },
  { at: ["storage", "*"], known: Object.values(kinds.storage) },
  { at: ["data", "*"], known: Object.values(kinds.data) },
  { at: ["costs", "*"], known: Object.values(kinds.cost) },
  { at: ["metrics", "*"], known: Object.values(kinds.metric) },
];

/**
 * Finds the components of a kind that the standard 1.0 does not have, or of none: they are answered with NO (its rule R10), so
 * what is left of the body is free of them. A kind that is no text stays: it is an error in the body itself.
 */
export function checkKinds(body: unknown): { readonly body: unknown; readonly messages: readonly Message[] } {
  const messages: Message[] = [];
  const left = places.reduce((value, { at, known }) => visit(value, at, [], known, messages), body);
  return { body: left, messages };
}

const GONE = Symbol("gone");

function visit(
  value: unknown,
  [step, ...rest]: readonly string[],
  path: readonly string[],
  known: readonly string[],
  messages: Message[],
): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (step === undefined && Array.isArray(value)) return value;
  if (step === undefined) return isKnown(value, path, known, messages) ? value : GONE;
  if (step === "*") {
    if (!Array.isArray(value)) return value;
    return value
      .map((item, index) => visit(item, rest, [...path, String(index)], known, messages))
      .filter((item) => item !== GONE);
  }
  if (Array.isArray(value) || !Object.hasOwn(value, step)) return value;
  const { [step]: inner, ...others } = value as Record<string, unknown>;
  const visited = visit(inner, rest, [...path, step], known, messages);
  return visited === GONE ? others : { ...others, [step]: visited };
}

function isKnown(value: object, path: readonly string[], known: readonly string[], messages: Message[]): boolean {
  const kind = (value as { kind?: unknown }).kind;
  if (kind !== undefined && typeof kind !== "string") return true;
  if (kind !== undefined && known.includes(kind)) return true;
  messages.push(
    kind === undefined
      ? {
          kind: "urn:missing-required-value",
          level: "ERROR",
          template: "{path} does not say its kind; it can be {known}.",
          values: { path: `/${path.join("/")}/kind`, known: known.join(" or ") },
        }
      : {
          kind: "urn:unknown-kind",
          level: "ERROR",
          template: "This broker does not know the kind {kind} ({path}); it knows {known}.",
          values: { path: `/${path.join("/")}/kind`, kind, known: known.join(", ") },
        },
  );
  return false;
}
