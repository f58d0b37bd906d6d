/** A media type or range as headers have it, in lower case: `application/yaml; charset=utf-8`. */
export interface MediaType {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const essence = new RegExp(`^\\s*(${token})/(${token})\\s*(?=;|$)`);
const parameter = new RegExp(`;\\s*(?:(${token})\\s*=\\s*("(?:[^"\\\\]|\\\\.)*"|[^;\\s]*)\\s*)?`, "g");

const unquoted = (value: string) => (value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, "$1") : value);

/** Reads one media type (RFC 9110, 8.3.1), or null for what is none. */
export function mediaType(text: string): MediaType | null {
  const found = essence.exec(text);
  if (!found) return null;
  const [whole, type = "", subtype = ""] = found;
  const parameters = new Map<string, string>();
  for (const [, name, value = ""] of text.slice(whole.length).matchAll(parameter)) {
    if (name) parameters.set(name.toLowerCase(), unquoted(value).toLowerCase());
  }
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters };
}

/** Whether a `charset` parameter, if there is one, says UTF-8. ASCII is a part of it. */
export const isUtf8 = ({ parameters }: MediaType): boolean =>
  ["utf-8", "utf8", "us-ascii"].includes(parameters.get("charset") ?? "utf-8");
