/** A parameter that one fills in. */
export interface TryField {
  readonly name: string;
  readonly place: "path" | "query" | "header";
}

/**
 * The address and headers that go with what was filled in; empty fields are left out. Several phases are separated by
 * commas or spaces. Null while a part of the path is missing.
 */
export function addressOf(
  path: string,
  fields: readonly TryField[],
  values: Readonly<Record<string, string>>,
): { readonly address: string; readonly headers: Readonly<Record<string, string>> } | null {
  let address = path;
  const search = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const { name, place } of fields) {
    const value = values[name]?.trim() ?? "";
    if (place === "path") {
      if (value === "") return null;
      address = address.replace(`{${name}}`, encodeURIComponent(value));
    } else if (value === "") continue;
    else if (place === "header") headers[name] = value;
    else if (name === "phase") for (const one of value.split(/[\s,]+/)) search.append(name, one);
    else search.append(name, value);
  }
  return { address: search.size > 0 ? `${address}?${search}` : address, headers };
}
