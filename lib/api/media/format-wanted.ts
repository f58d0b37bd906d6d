import { type Result, yes } from "#lib/booking/refusal.ts";
import { isNamed, qualityFor, type Wish, wishes } from "./accept.ts";
import { type Format, formats } from "./format.ts";

export interface NotAcceptable {
  readonly status: 406;
  readonly sentence: string;
}

/** Other names of a format; they count when they are named, not when an asterisk covers them. */
const otherNames: Readonly<Record<Format, readonly string[]>> = {
  yaml: ["text/yaml", "application/x-yaml", "text/x-yaml"],
  json: ["text/json"],
  xml: ["text/xml"],
};

const quality = (format: Format, among: readonly Wish[]) => {
  const named = otherNames[format].filter((name) => isNamed(name, among));
  return Math.max(...[`application/${format}`, ...named].map((name) => qualityFor(name, among)));
};

/**
 * The format of an answer, by `Accept` with its qualities. Undeclared, or wanted as much as another: YAML, then JSON, then XML
 * (ExecutionBroker 1.0 has YAML before JSON). Refuses (406) when nothing we can write is wanted. An older name of a format gets
 * the answer under its registered one, `application/yaml` for `text/yaml`.
 */
export function formatWanted(accept: string | null): Result<Format, NotAcceptable> {
  if (!accept?.trim()) return yes("yaml");
  // Most programs name one format and nothing else.
  const only = formats.find((format) => accept === `application/${format}`);
  if (only !== undefined) return yes(only);
  const among = wishes(accept);
  const qualities = formats.map((format) => quality(format, among));
  const best = Math.max(...qualities);
  const format = formats[qualities.indexOf(best)];
  if (best > 0 && format) return yes(format);
  const sentence =
    "None of the formats in the Accept header can be sent. There are application/yaml, application/json and application/xml.";
  return { ok: false, error: { status: 406, sentence } };
}

/**
 * The format of problem details; never refuses. RFC 9457 knows JSON and XML only, so it is JSON, unless XML is wanted more than
 * JSON and more than YAML.
 */
export function formatOfProblem(accept: string | null): "json" | "xml" {
  const among = wishes(accept);
  const json = Math.max(quality("json", among), quality("yaml", among), qualityFor("application/problem+json", among));
  const xml = Math.max(quality("xml", among), qualityFor("application/problem+xml", among));
  return xml > json ? "xml" : "json";
}
