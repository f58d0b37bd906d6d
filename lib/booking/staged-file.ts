import type { Executable } from "./executable.ts";
import { fileNameOf } from "./file-name.ts";

export const checksumTypes = ["md5", "sha1", "sha256", "adler32"] as const;
export type ChecksumType = (typeof checksumTypes)[number];

/** A file that is brought to a session before it can be used. A type and no interface, as it is stored as JSON. */
export type StagedFile = {
  /** What people call it: the name of the data resource, or of the file. */
  readonly name: string;
  /** http or https, each of them the same file: tried in this order. */
  readonly urls: readonly string[];
  /** Where it lies, below the session's folder: pieces with `/` between them, none of them `..`. */
  readonly path: string;
  /** Its exact size, where somebody vouches for it. */
  readonly bytes: number | null;
  /** What it is said to be about as large as, in bytes, where nobody vouches for it. */
  readonly about?: number;
  /** In lower-case hexadecimal digits. */
  readonly checksum: { readonly type: ChecksumType; readonly value: string } | null;
  readonly readOnly: boolean;
};

/** What is brought to a session: all of it lies in `folder`, which is below the folder that its owner lands in. */
export interface StagingPlan {
  readonly folder: string;
  /** The address of the notebook that is opened. */
  readonly notebook: string | null;
  readonly files: readonly StagedFile[];
  /** Folders that are there although nothing may be in them yet. */
  readonly folders: readonly string[];
}

/** The folder of a session's own, by its name on its platform; it stays when the session is over. */
export const sessionFolder = (sessionName: string): string => `broker/${sessionName}`;

/** Where a notebook lies in its session's folder. */
export function notebookPath(address: string): string {
  const name = fileNameOf(address);
  return name.endsWith(".ipynb") ? name : `${name}.ipynb`;
}

/** What has to be brought to a session before it can be used; null when there is nothing. */
export function stagingPlan(sessionName: string, executable: Executable): StagingPlan | null {
  const { notebook = null, files = [], folders = [] } = executable;
  if (notebook === null && files.length === 0 && folders.length === 0) return null;
  return { folder: sessionFolder(sessionName), notebook, files, folders };
}

/** "the notebook and 3 files, 1.2 GB"; without the size where it is not known of all. */
export function planInWords({ notebook, files }: StagingPlan): string {
  const number = files.length === 1 ? "1 file" : `${files.length} files`;
  const parts = [...(notebook === null ? [] : ["the notebook"]), ...(files.length === 0 ? [] : [number])];
  if (parts.length === 0) return "its folders";
  const bytes = files.reduce<number | null>(
    (sum, one) => (sum === null || one.bytes === null ? null : sum + one.bytes),
    0,
  );
  return parts.join(" and ") + (bytes === null || files.length === 0 ? "" : `, ${bytesInWords(bytes)}`);
}

/** "1.2 GB", in decimal units. */
export function bytesInWords(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** step;
  return `${step === 0 || amount >= 100 ? Math.round(amount) : Number(amount.toFixed(1))} ${units[step]}`;
}
