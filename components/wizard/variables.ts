import { no, type Result, yes } from "#lib/booking/refusal.ts";

/** Reads lines of NAME=value; what they may be called and say, the parser decides. Empty lines count for nothing. */
export function readVariables(text: string): Result<Record<string, string>> {
  const refuse = (sentence: string) => no("INVALID_REQUEST", sentence, { field: "environment" });
  const variables = new Map<string, string>();
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    const at = line.indexOf("=");
    if (at < 1) return refuse(`“${line.slice(0, 40)}” is no variable: one a line, as NAME=value.`);
    const name = line.slice(0, at).trim();
    if (variables.has(name)) return refuse(`“${name.slice(0, 40)}” stands there twice.`);
    variables.set(name, line.slice(at + 1).trim());
  }
  return yes(Object.fromEntries(variables));
}
