import type { Executable } from "#lib/booking/executable.ts";
import { fetchSeconds } from "#lib/booking/fetch-time.ts";
import { writeDuration } from "../iso8601/write-time.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { type Staging, stagedFiles } from "./staged-files.ts";
import { storageSizes } from "./storage-sizes.ts";

/** What of a platform says what can be brought to a session there; `settings.storageGiB` is the most storage it keeps for one. */
interface Keeping {
  readonly title: string;
  readonly settings: unknown;
  readonly launchSeconds: number;
  readonly prepareSeconds: number;
}

/** What a session brings with it on a platform: nothing of a request is left out silently. */
export type Brought = Staging;

/** Where an operator says nothing, a session may ask for so much storage. */
const USUAL_GIB = 100;
const GIB = 1024 ** 3;

/** What of the data, storage and volumes comes to a session on a platform; and what it cannot do. */
export function broughtTo(request: StandardRequest, executable: Executable | null, platform: Keeping): Brought {
  // Why it does not run there is said already.
  if (executable === null) return { files: [], folders: [], messages: [] };
  if (executable.type !== "notebook") {
    return { files: [], folders: [], messages: notWithoutJupyter(request, platform) };
  }
  const { files, folders, messages } = stagedFiles(request, executable.notebook ?? null);
  return {
    files,
    folders,
    messages: [...messages, ...storageMessages(request, platform), ...lateMessages(files, platform)],
  };
}

/** Files are brought through a session's Jupyter; what has none stays without. */
function notWithoutJupyter({ data = [], storage = [], compute }: StandardRequest, { title }: Keeping): Message[] {
  const no = (path: string, template: string): Message => ({
    kind: "urn:not-supported",
    level: "ERROR",
    template,
    values: { path, platform: title },
  });
  return [
    ...data.map((_, index) => no(`/data/${index}`, "{platform} brings data to notebooks only ({path}).")),
    ...storage.map((_, index) => no(`/storage/${index}`, "{platform} gives storage to notebooks only ({path}).")),
    ...(compute?.volumes ?? []).map((_, index) =>
      no(`/compute/volumes/${index}`, "{platform} mounts things in notebooks only ({path})."),
    ),
  ];
}

/** Storage is room in the user's own folder: all of it must fit what the platform keeps. */
function storageMessages({ data = [], storage = [] }: StandardRequest, platform: Keeping): Message[] {
  const limit = storageGiBOf(platform.settings);
  const sizes = storageSizes(storage, data);
  const messages = [...sizes.messages];
  let wished = 0;
  for (const [index, size] of sizes.asked.entries()) {
    const before = wished;
    wished += size;
    if (wished <= limit || before > limit) continue;
    const template = "{platform} keeps {limit} GiB for a session, and with {path} there would be {wished} GiB.";
    const path = `/storage/${index}/size/min`;
    const values = { path, platform: platform.title, limit: String(limit), wished: String(wished) };
    messages.push(no("urn:resource-limit", template, values));
  }
  if (wished <= limit && wished + sizes.madeBytes / GIB > limit) {
    const template = "{platform} keeps {limit} GiB for a session, and with the data ({path}) it would be more.";
    messages.push(
      no("urn:resource-limit", template, { path: "/data", platform: platform.title, limit: String(limit) }),
    );
  }
  return messages;
}

/** A session fails whose data are not there within its platform's launch time: what is known to be too much is not promised. */
function lateMessages(files: Staging["files"], platform: Keeping): Message[] {
  const { title, launchSeconds, prepareSeconds } = platform;
  const needed = fetchSeconds(files, platform.settings);
  if (needed === 0 || prepareSeconds + needed <= launchSeconds) return [];
  const template =
    "{platform} has {limit} until a session has to be ready, and to fetch the data ({path}) it would take {needed}.";
  // What somebody says of a size may be any number.
  const inWords = (seconds: number) => writeDuration(Math.min(seconds * 1000, Number.MAX_SAFE_INTEGER));
  const limit = inWords(Math.max(0, launchSeconds - prepareSeconds));
  return [no("urn:resource-limit", template, { path: "/data", platform: title, limit, needed: inWords(needed) })];
}

const no = (kind: Message["kind"], template: string, values: Record<string, string>): Message => ({
  kind,
  level: "ERROR",
  template,
  values,
});

/** In GiB; checked where it is configured. */
const storageGiBOf = (settings: unknown): number =>
  (settings as { readonly storageGiB?: number } | null)?.storageGiB ?? USUAL_GIB;
