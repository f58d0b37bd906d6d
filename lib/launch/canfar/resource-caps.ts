/** How many of the ids that are nearly the wanted one are named. */
const MOST_NEAR = 5;
const MOST_LETTERS = 100;

/**
 * A registry's list of services, lines of `resourceID = address of its capabilities`. `#` begins a comment, and what is no such
 * line is skipped; of an id that is there twice the first line counts.
 */
export function readResourceCaps(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, id, address] = /^\s*([^\s#=]+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (id !== undefined && address !== undefined && !found.has(id)) found.set(id, address);
  }
  return found;
}

/** Up to five ids of services that are some Skaha, for whoever wrote another one. */
export const nearIds = (caps: ReadonlyMap<string, string>): readonly string[] =>
  [...caps.keys()]
    .filter((id) => /skaha/i.test(id) && id.length <= MOST_LETTERS)
    .sort()
    .slice(0, MOST_NEAR);
