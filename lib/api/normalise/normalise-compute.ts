import { kinds } from "#lib/api/standard/kinds.ts";
import { isObject } from "../media/json-value.ts";
import { openComponent } from "./component.ts";
import { minAndMax } from "./min-and-max.ts";
import type { NamesByUuid } from "./normalise-volume.ts";
import { normaliseVolumes } from "./normalise-volumes.ts";
import { filledIn, leftOut, type Notes, refuse } from "./notes.ts";
import { change, close, entries, type Fields, type Placed, take } from "./placed.ts";
import { quantity } from "./quantity.ts";

/** The one compute of a request, of the list that it once was. With several the answer is NO, and the first is read on. */
export function singleCompute(sent: Placed, notes: Notes): Placed | null {
  if (!Array.isArray(sent.value)) return sent;
  const [first, ...others] = entries(sent.value, sent.path);
  if (others.length > 0) {
    const template = "A session runs on one compute resource; {used} were asked for.";
    refuse(notes, "urn:not-supported", { path: sent.path, used: String(sent.value.length), template });
  } else leftOut(notes, sent.path, "a list", "there is one compute resource, and it needs no list");
  return first ?? null;
}

/** The compute and its volumes in the shapes of today; their kinds may still be missing. */
export interface OpenCompute {
  readonly path: string;
  readonly fields: Fields;
  /** Null: none, or no list of volumes at all. */
  readonly volumes: readonly Placed[] | null;
}

/**
 * The compute from its older shapes: amounts with `requested` or units, one replica, and the volumes that once were a list
 * of the request. Null for what is no object.
 */
export function openCompute(
  sent: Placed,
  { volumes, names }: { volumes: Placed | undefined; names: NamesByUuid },
  notes: Notes,
): OpenCompute | null {
  const component = openComponent(sent, notes);
  if (component === null) return null;
  const { fields, path } = component;
  minAndMax(fields, "cores", notes);
  minAndMax(fields, "memory", notes);
  change(fields, "cores", (cores) => quantity(cores, "cores", notes));
  change(fields, "memory", (memory) => quantity(memory, "GiB", notes));
  const replicas = take(fields, "replicas");
  if (replicas !== undefined) refuseReplicas(replicas, notes);
  const inCompute = fields.get("volumes");
  const isNone = volumes === undefined && inCompute === undefined;
  if (isNone || (inCompute !== undefined && !Array.isArray(inCompute.value))) return { path, fields, volumes: null };
  return { path, fields, volumes: normaliseVolumes({ inCompute, inRequest: volumes }, names, notes) };
}

function refuseReplicas({ value, path }: Placed, notes: Notes): void {
  if (value === 1 || value === "1") {
    leftOut(notes, path, "replicas", "a session runs on one compute resource");
    return;
  }
  const template = "A session runs on one compute resource; {used} replicas were asked for.";
  refuse(notes, "urn:not-supported", { path, used: value, template });
}

/** The compute again. In an older request (`isOlder`), it and its volumes are of the only kind there is when none is said. */
export function closeCompute({ path, fields, volumes }: OpenCompute, isOlder: boolean, notes: Notes): unknown {
  const withKind = (part: Placed, kind: string): unknown => {
    if (!isOlder || !isObject(part.value) || Object.hasOwn(part.value, "kind")) return part.value;
    filledIn(notes, part.path, kind);
    return { kind, ...part.value };
  };
  if (volumes !== null) {
    const value = volumes.map((volume) => withKind(volume, kinds.volume.simple));
    fields.set("volumes", { path, value });
  }
  return withKind({ path, value: close(fields) }, kinds.compute.simple);
}
