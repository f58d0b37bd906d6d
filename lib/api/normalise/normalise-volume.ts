import { isObject } from "../media/json-value.ts";
import { type Component, move, openComponent } from "./component.ts";
import { leftOut, mayDiffer, type Notes, refuse, respelt, rewritten } from "./notes.ts";
import { cardinalityOf } from "./older-kinds.ts";
import { below, change, close, type Fields, open, type Placed, take } from "./placed.ts";
import { withoutTrailingSlashes } from "./without-trailing-slashes.ts";

/** The name of each data or storage resource that is known by its uuid. */
export type NamesByUuid = ReadonlyMap<string, string>;

/** More than any session has: each is a copy of the whole volume. */
const MOST_MOUNTS = 63;

const modes: ReadonlyMap<string, string> = new Map([
  ["rw", "READWRITE"],
  ["readwrite", "READWRITE"],
  ["r", "READONLY"],
  ["ro", "READONLY"],
  ["readonly", "READONLY"],
]);

/**
 * A volume from its older shapes. What mounted several resources becomes a volume for each, in a directory that is named
 * like the resource; a single mount of several resources cannot be, and the answer is NO.
 */
export function normaliseVolume(sent: Placed, names: NamesByUuid, notes: Notes): Placed[] {
  const component = openComponent(sent, notes);
  if (component === null) return [sent];
  const { fields } = component;
  const parameter = take(fields, "parameter");
  if (parameter !== undefined) mayDiffer(notes, parameter.path, "parameter", "a mount has no parameters");
  move(fields, "filepath", "path", notes);
  change(fields, "path", (path) => pathOf(path, notes));
  change(fields, "mode", (mode) => modeOf(mode, notes));
  const resources = takeResources(fields, notes);
  const isContainer = takeIsContainer(component, resources, notes);
  const whole = (own: Fields): Placed => ({ ...sent, value: close(own) });
  if (resources === null) return [whole(fields)];
  if (isContainer && resources.all.length > MOST_MOUNTS) {
    const template = "A volume mounts {most} resources at the most; this one names {used}.";
    const more = { most: String(MOST_MOUNTS) };
    refuse(notes, "urn:resource-limit", { path: resources.path, used: String(resources.all.length), template, more });
    return [whole(fields)];
  }
  if (isContainer) {
    rewritten(notes, resources.path, resources.used, "a volume for each resource");
    return resources.all.map((resource, index) =>
      whole(mountOf(fields, { ...resources, resource, index, names, notes })),
    );
  }
  const [resource, ...others] = resources.all;
  if (others.length > 0) {
    const template = "A volume mounts one resource; this one names {used}.";
    refuse(notes, "urn:not-supported", { path: resources.path, used: String(resources.all.length), template });
  } else if (resources.used === "resources")
    rewritten(notes, resources.path, "resources", `resource: ${resource ?? ""}`);
  if (resource !== undefined) fields.set("resource", { value: resource, path: resources.path });
  return [whole(fields)];
}

function pathOf({ value, path }: Placed, notes: Notes): unknown {
  if (typeof value !== "string") return value;
  const stripped = withoutTrailingSlashes(value);
  if (stripped !== value) respelt(notes, path, value, stripped);
  return stripped;
}

function modeOf({ value, path }: Placed, notes: Notes): unknown {
  if (typeof value !== "string" || value === "READWRITE" || value === "READONLY") return value;
  const mode = modes.get(value.toLowerCase());
  if (mode === undefined) return value;
  respelt(notes, path, value, mode);
  return mode;
}

interface Resources {
  readonly all: readonly string[];
  readonly path: string;
  readonly used: "resources" | "resource";
}

/** `resources`, and the single `resource` of today. Null, and nothing taken, when neither names anything. */
function takeResources(fields: Fields, notes: Notes): Resources | null {
  const single = fields.get("resource");
  const several = take(fields, "resources");
  if (several === undefined) {
    return typeof single?.value === "string" ? { all: [single.value], path: single.path, used: "resource" } : null;
  }
  const all: unknown[] = Array.isArray(several.value) ? several.value : [several.value];
  if (single !== undefined) mayDiffer(notes, several.path, "resources", "“resource” is given as well, and counts");
  else if (all.length === 0) leftOut(notes, several.path, "resources", "it is empty");
  else if (all.every((entry) => typeof entry === "string")) return { all, path: several.path, used: "resources" };
  else {
    const template = "A volume names its resources, as text.";
    refuse(notes, "urn:bad-value", { path: several.path, used: several.value, template });
  }
  return null;
}

/** Whether each resource has a directory of its own below the path. Without a word on it, several have and one has not. */
function takeIsContainer({ fields, kindSent }: Component, resources: Resources | null, notes: Notes): boolean {
  const byKind = kindSent === null ? null : cardinalityOf(kindSent);
  const sent = take(fields, "cardinality");
  const several = (resources?.all.length ?? 0) > 1;
  if (sent === undefined) return byKind === null ? several : byKind === "CONTAINER";
  const said = typeof sent.value === "string" ? sent.value.toUpperCase() : "";
  if (said !== "INSTANCE" && said !== "CONTAINER") {
    const template = "“{used}” is not a cardinality: it was INSTANCE or CONTAINER.";
    refuse(notes, "urn:invalid-value", { path: sent.path, used: sent.value, template });
    return several;
  }
  leftOut(notes, sent.path, "cardinality", "each volume mounts one resource at its own path");
  return said === "CONTAINER";
}

interface Mount extends Resources {
  readonly resource: string;
  readonly index: number;
  readonly names: NamesByUuid;
  readonly notes: Notes;
}

/** One of the volumes that a volume of several becomes: its own name, path and resource, the rest as it was. */
function mountOf(fields: Fields, { resource, index, names, path, used, notes }: Mount): Fields {
  const mount = new Map(fields);
  const at = used === "resources" ? below(path, index) : path;
  const directory = names.get(resource) ?? resource;
  if (directory.includes("/") || [".", "..", ""].includes(directory)) {
    const template = "A directory cannot be named “{used}”: give each resource a volume with a path of its own.";
    refuse(notes, "urn:invalid-value", { path: at, used: directory, template });
  }
  const parent = fields.get("path");
  const parentPath = typeof parent?.value === "string" ? parent.value : "";
  const isRoot = parentPath === "" || parentPath.endsWith("/");
  mount.set("path", { path: parent?.path ?? at, value: `${parentPath}${isRoot ? "" : "/"}${directory}` });
  mount.set("resource", { value: resource, path: at });
  change(mount, "meta", (meta) => metaOf(meta, index));
  return mount;
}

/** A uuid stands for one thing, so none of the several keeps it. */
function metaOf({ value, path }: Placed, index: number): unknown {
  if (!isObject(value)) return value;
  const meta = open(value, path);
  meta.delete("uuid");
  change(meta, "name", ({ value }) => (typeof value === "string" ? `${value}-${index + 1}` : value));
  return close(meta);
}
