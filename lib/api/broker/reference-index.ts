/** What others may call by its name or its uuid. */
export type Named = {
  readonly meta?: { readonly name?: string | undefined; readonly uuid?: string | undefined } | undefined;
};

/** The places, in a list, of those that are called so: by the very name, or by the uuid in letters of any size. */
export type References = (reference: string) => readonly number[];

/** Makes a list findable: to look up a reference costs the same however long the list is. */
export function referenceIndex(all: readonly Named[]): References {
  const byName = new Map<string, number[]>();
  const byUuid = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, key: string | undefined, index: number) => {
    if (key === undefined) return;
    const places = map.get(key);
    if (places === undefined) map.set(key, [index]);
    else places.push(index);
  };
  for (const [index, { meta }] of all.entries()) {
    add(byName, meta?.name, index);
    add(byUuid, meta?.uuid?.toLowerCase(), index);
  }
  return (reference) => {
    const named = byName.get(reference) ?? [];
    const known = byUuid.get(reference.toLowerCase());
    return known === undefined ? named : [...new Set([...named, ...known])].sort((a, b) => a - b);
  };
}
