import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";
import type { References } from "./reference-index.ts";

type Volume = NonNullable<NonNullable<StandardRequest["compute"]>["volumes"]>[number];

/** A volume's folder, below that of its session. */
export interface Mount {
  readonly volume: Volume;
  readonly folder: string;
  /** The place of what it mounts, among the data and then the storage of the request. */
  readonly mounts: number | undefined;
}

/** Where what no volume mounts lies, and what is mounted without a path. */
export const USUAL_FOLDER = "data";
/** Longer paths and pieces are refused before some file system does it. */
const LONGEST_PATH = 512;
const LONGEST_PIECE = 120;
/** File systems count bytes, and most of them up to 255. */
const LONGEST_PIECE_BYTES = 240;
/** What is being fetched lies under such a name for a while. */
const OURS = ".meridian-";

/**
 * The folders that volumes are found at; what cannot be one is a reason for a NO. `called` finds the data and storage that they mount:
 * the same one by its name and by its uuid is the same.
 */
export function mountFolders(
  volumes: readonly Volume[],
  called: References,
): { mounts: readonly Mount[]; messages: readonly Message[] } {
  const mounts: Mount[] = [];
  const messages: Message[] = [];
  const mounted = new Set<number | string>();
  for (const [index, volume] of volumes.entries()) {
    const path = `/compute/volumes/${index}`;
    const { resource } = volume;
    const at = resource === undefined ? undefined : called(resource)[0];
    const thing = at ?? resource;
    if (resource !== undefined && thing !== undefined && mounted.has(thing)) {
      const template = "{path}: “{name}” is mounted already, and is found in one place only.";
      messages.push(no(`${path}/resource`, template, { name: shown(resource) }, "urn:duplicate-resource"));
      continue;
    }
    if (thing !== undefined) mounted.add(thing);
    const folder = folderOf(volume.path ?? USUAL_FOLDER, `${path}/path`);
    if (typeof folder === "string") mounts.push({ volume, folder, mounts: at });
    else messages.push(folder);
  }
  return { mounts, messages };
}

function folderOf(given: string, path: string): string | Message {
  if (given.startsWith("/")) {
    const template =
      "{path}: “{folder}” is an absolute path, and a session has a folder of its own only; name one below it, as “{below}”.";
    return no(
      path,
      template,
      { folder: shown(given), below: shown(given.replace(/^\/+/, "")) || USUAL_FOLDER },
      "urn:not-supported",
    );
  }
  const pieces = given.split("/").filter((piece) => piece !== "" && piece !== ".");
  if (pieces.includes("..")) {
    return no(path, "{path}: “{folder}” leads out of the session's folder.", { folder: shown(given) }, "urn:bad-value");
  }
  const isTooLong =
    given.length > LONGEST_PATH ||
    pieces.some((piece) => piece.length > LONGEST_PIECE || Buffer.byteLength(piece) > LONGEST_PIECE_BYTES);
  const isOurs = pieces.some((piece) => piece.toLowerCase().startsWith(OURS));
  if (isTooLong || isOurs || /[\p{C}\\]/u.test(given)) {
    const template = "{path} is no path that every platform can make.";
    return no(path, template, {}, "urn:bad-value");
  }
  return pieces.join("/");
}

const no = (path: string, template: string, values: Record<string, string>, kind: Message["kind"]): Message => ({
  kind,
  level: "ERROR",
  template,
  values: { path, ...values },
});
