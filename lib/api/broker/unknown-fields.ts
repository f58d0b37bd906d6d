import { kinds } from "../standard/kinds.ts";
import type { Message } from "../standard/message.ts";
import { atMost } from "./at-most.ts";

/** The abstract kinds of costs and metrics have no bounds, and what is meant as one is not to be lost. */
const bound = /\/(costs|metrics)\/\d+\/(min|max)$/;

/** A warning about a field that nobody knows, by its place; where it was to limit what runs, the answer is NO. */
export const unknownField = (path: string): Message =>
  bound.test(path)
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
export const unknownFields = (paths: readonly string[]): Message[] => atMost(paths.map(unknownField));
