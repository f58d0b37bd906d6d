import { apiBaseUrl } from "#lib/api/base-url.ts";
import meridian from "../../../package.json" with { type: "json" };
import { writeYaml } from "../media/write-yaml.ts";
import { openApiDocument } from "./make-document.ts";

/** Writes of the document that were made already, by format and public address. Making one takes 0.2 to 0.3 s, and anybody may ask. */
const kept = new Map<string, string>();

/** The document of this Meridian, at its public address and with its version, as text: made once for each address. */
export function servedDocument(format: "json" | "yaml"): string {
  const baseUrl = apiBaseUrl();
  const key = `${format} ${baseUrl}`;
  const text = kept.get(key) ?? written(format, baseUrl);
  kept.set(key, text);
  return text;
}

function written(format: "json" | "yaml", baseUrl: string): string {
  const document = openApiDocument({ baseUrl, version: meridian.version });
  return format === "json" ? JSON.stringify(document, null, 2) : writeYaml(document);
}
