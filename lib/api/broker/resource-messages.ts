import type { Executable } from "#lib/booking/executable.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { keeps, type Staging, stagedFiles } from "./staged-files.ts";

/** What of a platform says what it can keep: `settings.storageGiB`, in all for one session. */
interface Keeping {
  readonly title: string;
  readonly settings: unknown;
}

/** What a session brings with it on a platform: nothing of a request is left out silently. */
export type Brought = Pick<Staging, "files" | "folders" | "messages">;

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
  const staging = stagedFiles(request, executable.notebook ?? null);
  const { files, folders } = staging;
  return { files, folders, messages: [...staging.messages, ...storageMessages(request, staging, platform)] };
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

/** Storage is room in the user's own folder: it must fit what the platform keeps, and what is to be in it must fit the storage. */
function storageMessages(
  { data = [], storage = [] }: StandardRequest,
  { about }: Staging,
  platform: Keeping,
): Message[] {
  const limit = storageGiBOf(platform.settings);
  const messages: Message[] = [];
  let wished = 0;
  for (const [index, store] of storage.entries()) {
    const { min = 0, max } = store.size ?? {};
    const path = `/storage/${index}/size`;
    const before = wished;
    wished += min;
    if (max !== undefined && max < min) {
      messages.push(no("urn:bad-value", "{path}: the most is less than the least.", { path }));
    } else if (wished > limit && before <= limit) {
      const template = "{platform} keeps {limit} GiB for a session, and with {path} there would be {wished} GiB.";
      const values = { path: `${path}/min`, platform: platform.title, limit: String(limit), wished: String(wished) };
      messages.push(no("urn:resource-limit", template, values));
    }
    const inside = data.reduce((sum, one, at) => sum + (keeps(store, one) ? (about[at] ?? 0) : 0), 0);
    if (max !== undefined && inside > max * GIB) {
      const template = "The data kept in it take {size} GiB, which is more than {path} allows.";
      const values = { path: `${path}/max`, size: (Math.ceil((inside / GIB) * 10) / 10).toString() };
      messages.push(no("urn:resource-limit", template, values));
    }
  }
  const all = about.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  if (all > limit * GIB) {
    const template = "{platform} keeps {limit} GiB for a session, and the data ({path}) take more.";
    messages.push(
      no("urn:resource-limit", template, { path: "/data", platform: platform.title, limit: String(limit) }),
    );
  }
  return messages;
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
