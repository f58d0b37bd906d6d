import { KIND_BASE, kinds } from "#lib/api/standard/kinds.ts";

const IVOA = "https://www.purl.org/ivoa.net";

/** With and without the “-0.1” that some of them carried. */
const both = (kind: string): string[] => [kind, `${kind}-0.1`];

/** Kinds from before version 1.0 that follow no rule, under what they are called now. */
const formerly: readonly (readonly [now: string, older: readonly string[]])[] = [
  [
    kinds.executable.jupyterNotebook,
    [
      "urn:jupyter-notebook-0.1",
      "uri:jupyter-notebook-0.1",
      "urn:jupyter-notebook-01.",
      "uri:jupyter-notebook-1.0",
      `${IVOA}/executable-types/jupyter-notebook`,
    ],
  ],
  [
    kinds.executable.dockerContainer,
    [
      "urn:canfar-notebook-0.1",
      "urn:docker-container-0.1",
      "uri:docker-container-1.0",
      `${IVOA}/executable-types/docker-container`,
      `${IVOA}/executable-types/oci-container`,
    ],
  ],
  [
    kinds.executable.singularityContainer,
    [
      "urn:single-container-0.1",
      "urn:singular-container-0.1",
      "uri:singular-container-1.0",
      `${IVOA}/executable-types/singularity-container`,
    ],
  ],
  [
    kinds.compute.simple,
    [
      ...both("urn:simple-compute-resource"),
      "uri:simple-compute-resource-0.1",
      "urn:compute-resource",
      "uri:generic-compute",
      "urn:generic-compute",
      `${IVOA}/resource-types/generic-compute`,
    ],
  ],
  [kinds.volume.simple, ["uri:filesystem-mount"]],
  [
    kinds.storage.simple,
    [...both("urn:simple-storage-resource"), "uri:ephemeral-storage", `${IVOA}/storage-types/ephemeral-storage`],
  ],
  [kinds.data.simple, [...both("urn:simple-data-resource"), "uri:simple-data-resource"]],
  [
    kinds.data.s3,
    [
      ...both("urn:S3-data-resource"),
      "urn:s3-data-resource",
      "uri:amazon-s3-storage",
      `${IVOA}/storage-types/amazon-s3`,
    ],
  ],
  [kinds.data.rucio, both("urn:Rucio-data-resource")],
];

const byOlder: ReadonlyMap<string, string> = new Map(
  formerly.flatMap(([now, older]) => older.map((kind) => [kind, now] as const)),
);

const groups: ReadonlyMap<string, string> = new Map([
  ["executables", "executable"],
  ["computer", "compute"],
  ["volumes", "volume"],
  ["sessions", "session"],
  ["offersets", "offerset"],
]);

const names: ReadonlyMap<string, string> = new Map([
  ["Rucio-data-resource", "rucio-data-resource"],
  ["Amazon-S3-data-resource", "S3-data-resource"],
  ["simple-compute", "simple-compute-resource"],
  ["simple-storage", "simple-storage-resource"],
  ["execution-session-response", "scheduled-execution-session"],
  ["offerset-response", "execution-offerset"],
  ["instance-volume-mount", "simple-volume-mount"],
  ["container-volume-mount", "simple-volume-mount"],
]);

/** No kind is that long; what is longer is not searched for patterns. */
const LONGEST = 300;

/** The kinds by address that had a rule: …/types/[resources/]<group>/<name>-1.0[.yaml] */
const typeAddress =
  /^https?:\/\/www\.purl\.org\/ivoa\.net\/EB\/schema(?:\/v1\.0)?\/types\/(?:resources\/)?([^/]+)\/([^/]+)-1\.0(?:\.yaml)?$/;

/** The kind of version 1.0 that a kind means; the kind itself when it is none of the older ones. */
export function newerKind(kind: string): string {
  if (kind.length > LONGEST) return kind;
  const exact = byOlder.get(kind);
  if (exact !== undefined) return exact;
  const single = withSingleSlashes(kind);
  const [, group, name] = typeAddress.exec(single) ?? [];
  if (group !== undefined && name !== undefined) {
    return `${KIND_BASE}/${groups.get(group) ?? group}/${names.get(name) ?? name}.yaml`;
  }
  return single.replace(`${KIND_BASE}/computer/`, `${KIND_BASE}/compute/`);
}

/** Doubled slashes after the host are collapsed, in IVOA's own addresses only. */
const withSingleSlashes = (kind: string): string =>
  /^https?:\/\/www\.purl\.org\/+ivoa\.net\//.test(kind)
    ? kind.replace(/^(https?:\/\/)(.*)$/, (_, scheme: string, rest: string) => scheme + rest.replace(/\/{2,}/g, "/"))
    : kind;

/** The cardinality that an older kind of volume said by its name. */
export function cardinalityOf(kind: string): "INSTANCE" | "CONTAINER" | null {
  if (kind.length > LONGEST) return null;
  const [, , name] = typeAddress.exec(withSingleSlashes(kind)) ?? [];
  if (name === "instance-volume-mount") return "INSTANCE";
  return name === "container-volume-mount" ? "CONTAINER" : null;
}

const ours = /^(ur[ni]:|https?:\/\/www\.purl\.org\/+ivoa\.net\/)/;
const otherPrograms = /[:/-](ping|delay|repo2docker|binder|zeppelin|java|python)([-.]|$)/i;
const otherStorage = /(persistent|rucio|vospace)[^/]*storage|storage[^/]*\/(persistent|rucio|vospace)/i;
const otherResources = /-science-resource([-.]|$)|[:/-](fpga|gpu)s?([-.]|$)/i;
const placeholder = `${KIND_BASE}/data/abstract-data-resource.yaml`;

const known: ReadonlySet<string> = new Set(
  [kinds.executable, kinds.compute, kinds.volume, kinds.storage, kinds.data].flatMap((group) => Object.values(group)),
);

/**
 * Whether it is a kind that once was, and that nothing in version 1.0 stands for: other programs, storage that outlives the
 * session, science resources, accelerators, and the placeholder of templates that a client should have replaced.
 */
export function isGone(kind: string): boolean {
  const now = newerKind(kind);
  if (kind.length > LONGEST || !ours.test(kind) || known.has(now)) return false;
  return now === placeholder || [otherPrograms, otherStorage, otherResources].some((gone) => gone.test(now));
}
