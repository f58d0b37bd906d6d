import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { isCalled } from "./check-references.ts";

type Volume = NonNullable<NonNullable<StandardRequest["compute"]>["volumes"]>[number];

/** A volume's folder, below that of its session. */
export interface Mount {
  readonly volume: Volume;
  readonly folder: string;
}

/** Where what no volume mounts lies, and what is mounted without a path. */
export const USUAL_FOLDER = "data";
/** Longer paths and pieces are refused before some file system does it. */
const LONGEST_PATH = 512;
const LONGEST_PIECE = 120;

/** The folders that volumes are found at; what cannot be one is a reason for a NO. */
export function mountFolders(volumes: readonly Volume[]): { mounts: readonly Mount[]; messages: readonly Message[] } {
  const mounts: Mount[] = [];
  const messages: Message[] = [];
  for (const [index, volume] of volumes.entries()) {
    const path = `/compute/volumes/${index}`;
    const { resource } = volume;
    if (resource !== undefined && volumes.slice(0, index).some((other) => other.resource === resource)) {
      const template = "{path}: “{name}” is mounted already, and is found in one place only.";
      messages.push(no(`${path}/resource`, template, { name: resource }, "urn:duplicate-resource"));
      continue;
    }
    const folder = folderOf(volume.path ?? USUAL_FOLDER, `${path}/path`);
    if (typeof folder === "string") mounts.push({ volume, folder });
    else messages.push(folder);
  }
  return { mounts, messages };
}

export const mountsOf = (resource: Parameters<typeof isCalled>[0], mounts: readonly Mount[]): Mount[] =>
  mounts.filter(({ volume }) => volume.resource !== undefined && isCalled(resource, volume.resource));

function folderOf(given: string, path: string): string | Message {
  if (given.startsWith("/")) {
    const template =
      "{path}: “{folder}” is an absolute path, and a session has a folder of its own only; name one below it, as “{below}”.";
    return no(path, template, { folder: given, below: given.replace(/^\/+/, "") || USUAL_FOLDER }, "urn:not-supported");
  }
  const pieces = given.split("/").filter((piece) => piece !== "" && piece !== ".");
  if (pieces.includes("..")) {
    return no(path, "{path}: “{folder}” leads out of the session's folder.", { folder: given }, "urn:bad-value");
  }
  const isTooLong = given.length > LONGEST_PATH || pieces.some((piece) => piece.length > LONGEST_PIECE);
  if (isTooLong || /[\p{C}\\]/u.test(given)) {
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
