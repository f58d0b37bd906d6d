import type { Message } from "../standard/message.ts";
import { atMost } from "./at-most.ts";

/** A warning about a field that nobody knows, by its place. */
export const unknownField = (path: string): Message => ({
  kind: "urn:unknown-field",
  level: "WARN",
  template: "The standard has no field {path}; it was not looked at.",
  values: { path },
});

/** Warnings about fields that nobody knows: so many are named, and the rest is counted. */
export const unknownFields = (paths: readonly string[]): Message[] => atMost(paths.map(unknownField));
