import { bareAddress } from "./bare-address.ts";

/** The fields of executables and data that are addresses. */
const addresses: ReadonlySet<string> = new Set([
  "location",
  "locations",
  "access_url",
  "dataurl",
  "template",
  "endpoint",
  "service_def",
]);

/** The same with the password, the query and the fragment of every address cut off: a signed address opens what it leads to to anybody. */
export function withoutQueries<T>(value: T, isAddress = false): T {
  if (typeof value === "string") return (isAddress ? bareAddress(value) : value) as T;
  if (Array.isArray(value)) return value.map((item) => withoutQueries(item, isAddress)) as T;
  if (typeof value !== "object" || value === null) return value;
  const shown = Object.entries(value).map(([key, item]) => [key, withoutQueries(item, addresses.has(key))]);
  return Object.fromEntries(shown) as T;
}
