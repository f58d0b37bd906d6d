/** Where something is in a body: a JSON pointer (RFC 6901), as "/data/0/location". */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
