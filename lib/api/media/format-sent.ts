import { type Result, yes } from "#lib/booking/refusal.ts";
import type { BodyTrouble } from "./body-trouble.ts";
import type { Format } from "./format.ts";
import { isUtf8, mediaType } from "./media-type.ts";

const named: Readonly<Record<string, Format>> = {
  "application/json": "json",
  "text/json": "json",
  "application/yaml": "yaml",
  "application/x-yaml": "yaml",
  "text/yaml": "yaml",
  "text/x-yaml": "yaml",
  "application/xml": "xml",
  "text/xml": "xml",
};

const suffix = /\+(json|yaml|xml)$/;

const refused = (sentence: string) => ({ ok: false, error: { status: 415, sentence } }) as const;

/**
 * The format a body was sent in, by its `Content-Type`. Undeclared is YAML (ExecutionBroker 1.0; JSON is YAML too). Refuses
 * (415) every other type, and every character set but UTF-8. What curl declares when nobody tells it otherwise is refused as
 * well, because `curl -d` takes the line ends out of a YAML file; the sentence says what to send instead.
 */
export function formatSent(contentType: string | null): Result<Format, BodyTrouble> {
  if (!contentType?.trim()) return yes("yaml");
  const media = mediaType(contentType);
  if (!media) return refused(`“${contentType.slice(0, 100)}” is no media type. ${takes}`);
  const essence = `${media.type}/${media.subtype}`;
  if (essence === "application/x-www-form-urlencoded") {
    return refused(
      "This was sent as a web form, which is what curl says unless told otherwise. Please send `Content-Type: application/yaml`, and the file with --data-binary.",
    );
  }
  const format = (Object.hasOwn(named, essence) && named[essence]) || suffix.exec(media.subtype)?.[1];
  if (format !== "json" && format !== "yaml" && format !== "xml")
    return refused(`${essence} is not read here. ${takes}`);
  if (!isUtf8(media)) return refused("Please send the body in UTF-8: no other character set is read here.");
  return yes(format);
}

const takes = "Please send application/yaml, application/json or application/xml.";
