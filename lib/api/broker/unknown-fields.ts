import type { Message } from "../standard/message.ts";

const MOST_NAMED = 50;

/** Warnings about fields that nobody knows, by their places: so many are named, and the rest is counted. */
export function unknownFields(paths: readonly string[]): Message[] {
  const named = paths.slice(0, MOST_NAMED).map(
    (path): Message => ({
      kind: "urn:unknown-field",
      level: "WARN",
      template: "The standard has no field {path}; it was not looked at.",
      values: { path },
    }),
  );
  const more = paths.length - named.length;
  if (more === 0) return named;
  const template = "The standard has {more} more of the fields of {path} neither; they were not looked at.";
  return [...named, { kind: "urn:unknown-field", level: "WARN", template, values: { path: "/", more: String(more) } }];
}
