import { fileNameOf } from "#lib/booking/file-name.ts";
import { notebookPath, type StagedFile } from "#lib/booking/staged-file.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";
import { dataSource } from "./data-source.ts";
import { keptIn } from "./kept-in.ts";
import { type Mount, mountFolders, USUAL_FOLDER } from "./mount-folder.ts";
import { referenceIndex } from "./reference-index.ts";

/** What has to be in a session's folder before it can be used; with an ERROR among the messages the answer is NO. */
export interface Staging {
  readonly files: readonly StagedFile[];
  readonly folders: readonly string[];
  readonly messages: readonly Message[];
}

/**
 * Turns the data, storage and volumes of a request into files and folders of a session. Data lie in the folder of the volume that mounts
 * them, in that of the volume that mounts their storage, and without any in `data`. `notebook`: the address of the notebook that
 * lies beside them.
 */
export function stagedFiles({ data = [], storage = [], compute }: StandardRequest, notebook: string | null): Staging {
  const { mounts, messages } = mountFolders(compute?.volumes ?? [], referenceIndex([...data, ...storage]));
  const kept = keptIn(storage, data);
  const said = [...messages, ...inTheWay(mounts, notebook)];
  const files: StagedFile[] = [];
  const names = new Names([...mounts.map(({ folder }) => folder), USUAL_FOLDER], notebook);
  for (const [index, one] of data.entries()) {
    const source = dataSource(one, `/data/${index}`);
    if (!source.ok) {
      said.push(source.error);
      continue;
    }
    const { urls, bytes, about, checksum } = source.value;
    const size = bytes === null && about !== null && about > 0 ? { bytes, about } : { bytes };
    const stores = kept[index]?.map((store) => data.length + store) ?? [];
    const places = [index, ...stores].flatMap((at) => mounts.filter((mount) => mount.mounts === at));
    if (places.length === 0) said.push(unmounted(`/data/${index}`));
    const name = fileNameOf(urls[0] ?? "");
    for (const { folder, volume } of places.length > 0 ? places : [usualPlace]) {
      const path = names.take(folder, name);
      const readOnly = volume?.mode !== "READWRITE";
      files.push({ name: one.meta?.name ?? name, urls, path, ...size, checksum, readOnly });
    }
  }
  return { files, folders: [...new Set(mounts.map(({ folder }) => folder))].filter(Boolean), messages: said };
}

const usualPlace: { readonly folder: string; readonly volume?: Mount["volume"] } = { folder: USUAL_FOLDER };

const unmounted = (path: string): Message => ({
  kind: "urn:default-used",
  level: "INFO",
  template: "{path} is mounted by no volume: it is found in “{folder}”, below the session's own folder.",
  values: { path, folder: USUAL_FOLDER },
});

/** A folder cannot be where the notebook is. */
function inTheWay(mounts: readonly Mount[], notebook: string | null): Message[] {
  const name = notebook === null ? null : sameName(notebookPath(notebook));
  const volume = mounts.find(({ folder }) => sameName(folder.split("/")[0] ?? "") === name)?.volume;
  if (volume === undefined || notebook === null) return [];
  const template = "{path}: a volume cannot be at “{name}”, as the notebook is there.";
  const values = { path: "/compute/volumes", name: shown(notebookPath(notebook)) };
  return [{ kind: "urn:bad-value", level: "ERROR", template, values }];
}

/** Gives every file a path that no other file has and no folder. */
class Names {
  readonly #taken: Set<string>;

  constructor(folders: readonly string[], notebook: string | null) {
    const all = folders.flatMap((folder) => {
      const pieces = folder.split("/");
      return pieces.map((_, index) => pieces.slice(0, index + 1).join("/"));
    });
    this.#taken = new Set([...all, ...(notebook === null ? [] : [notebookPath(notebook)])].map(sameName));
  }

  /** "a.fits", then "a-2.fits", and so on. */
  take(folder: string, name: string): string {
    const [, stem = name, ending = ""] = /^(.+?)(\.[^.].*)?$/.exec(name) ?? [];
    for (let number = 1; ; number++) {
      const path = [...(folder === "" ? [] : [folder]), number === 1 ? name : `${stem}-${number}${ending}`].join("/");
      if (this.#taken.has(sameName(path))) continue;
      this.#taken.add(sameName(path));
      return path;
    }
  }
}

/** Some file systems do not tell large letters from small ones. */
const sameName = (path: string): string => path.toLowerCase();
