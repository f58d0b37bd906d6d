import type { Kept } from "./check-kinds.ts";

/**
 * Where in what was sent something is that is at `path`, a JSON pointer, in the body as it is read: before components were taken
 * out of lists, and in the wrapper or under the older name that a field of the request had (`places`: of those that had one).
 */
export function sentPath(path: string, { kept, places }: { kept: Kept; places: ReadonlyMap<string, string> }): string {
  let at = "";
  for (const piece of path.split("/").slice(1)) {
    const left = kept.get(at);
    at += `/${left?.[Number(piece)] ?? piece}`;
  }
  const [, first = "", rest = ""] = /^\/([^/]*)(.*)$/s.exec(at) ?? [];
  const place = places.get(first);
  return place === undefined ? at : `${place}${rest}`;
}
