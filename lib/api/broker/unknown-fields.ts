import { kinds } from "../standard/kinds.ts";
import type { Message } from "../standard/message.ts";
import { atMost } from "./at-most.ts";

/** The abstract kinds of costs and metrics have no bounds, and what is meant as one is not to be lost. */
const bound = /\/(costs|metrics)\/\d+\/(min|max)$/;

/** Where a field of an older shape may say what is to run, how big or when; the rest describes, or belongs to answers. */
const matters =
  /^\/(executable|compute|storage|data|schedule)\b(?!.*\/(meta|ivoa|skao|preparing|available|releasing)(\/|$))/;

/**
 * A warning about a field that nobody knows, by its place; where it was to limit what runs, the answer is NO. So it is in a request of
 * an older shape (`isOlder`), where it may be the size, the time or the program under a name that is forgotten.
 */
export const unknownField = (path: string, isOlder = false): Message =>
  isOlder && matters.test(path)
    ? {
        kind: "urn:unknown-field",
        level: "ERROR",
        template: "{path} is an older form that nobody knows any more; without it something else might run.",
        values: { path },
      }
    : bound.test(path)
      ? {
          kind: "urn:unknown-field",
          level: "ERROR",
          template: "{path}: this kind has no bounds; {kind} has.",
          values: { path, kind: simpleKind(path) },
        }
      : {
          kind: "urn:unknown-field",
          level: "WARN",
          template: "The standard has no field {path}; it was not looked at.",
          values: { path },
        };

const simpleKind = (path: string) => (path.includes("/costs/") ? kinds.cost.simple : kinds.metric.simple);

/** Warnings about fields that nobody knows: so many are named, and the rest is counted. */
export const unknownFields = (paths: readonly string[]): Message[] => atMost(paths.map((path) => unknownField(path)));
