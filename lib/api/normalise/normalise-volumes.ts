import { isObject } from "../media/json-value.ts";
import { type NamesByUuid, normaliseVolume } from "./normalise-volume.ts";
import { leftOut, type Notes, refuse, rewritten } from "./notes.ts";
import { entries, type Placed } from "./placed.ts";

/**
 * The volumes of the compute: those that stand in it, those of the request's own older list that it names, and, because
 * there is only one compute, the others of that list too. A name without a volume makes the answer NO.
 */
export function normaliseVolumes(
  { inCompute, inRequest }: { inCompute: Placed | undefined; inRequest: Placed | undefined },
  names: NamesByUuid,
  notes: Notes,
): Placed[] {
  const waiting = new Set(inRequest === undefined ? [] : listOf(inRequest));
  const byName = new Map<string, Placed>();
  for (const volume of waiting) {
    const name = nameOf(volume.value);
    if (name !== null && !byName.has(name)) byName.set(name, volume);
  }
  const all = inCompute === undefined ? [] : listOf(inCompute);
  const mounted = all.flatMap((entry) => {
    if (typeof entry.value !== "string") return normaliseVolume(entry, names, notes);
    const volume = byName.get(entry.value);
    if (volume === undefined) {
      const template = "The compute names a volume “{used}”, and the request has none of that name.";
      refuse(notes, "urn:resource-not-found", { path: entry.path, used: entry.value, template });
      return [];
    }
    rewritten(notes, entry.path, entry.value, "the volume itself, in compute/volumes");
    return waiting.delete(volume) ? normaliseVolume(volume, names, notes) : [];
  });
  return [...mounted, ...[...waiting].flatMap((volume) => unlisted(volume, names, notes))];
}

const listOf = ({ value, path }: Placed): Placed[] => (Array.isArray(value) ? entries(value, path) : [{ value, path }]);

function unlisted(volume: Placed, names: NamesByUuid, notes: Notes): Placed[] {
  leftOut(
    notes,
    volume.path,
    "volumes",
    "volumes stand in compute/volumes, and this one was added to the only compute",
  );
  return normaliseVolume(volume, names, notes);
}

function nameOf(volume: unknown): string | null {
  if (!isObject(volume)) return null;
  const places = [volume, volume.meta, volume.spec].filter(isObject);
  return places.map(({ name }) => name).find((name) => typeof name === "string") ?? null;
}
