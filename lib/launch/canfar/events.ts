/** What the events of a session say about its start. */
export interface StartTrouble {
  readonly kind: "image" | "no room" | "out of memory";
  /** The platform's own words for it. */
  readonly message: string;
  /** How many events say so. */
  readonly times: number;
}

const kinds: Readonly<Record<string, StartTrouble["kind"]>> = {
  ErrImagePull: "image",
  ImagePullBackOff: "image",
  InvalidImageName: "image",
  FailedScheduling: "no room",
  OOMKilled: "out of memory",
  OOMKilling: "out of memory",
};

/** A container that has begun has its image. */
const begun = /\bStarted container\b/;

/**
 * Reads the table `TYPE REASON MESSAGE FIRST-TIME LAST-TIME` that Skaha prints of Kubernetes' events; null when nothing in it
 * is trouble; what came before a container began is none. The columns are as wide as their longest value, so a reason is looked for as a word of its line. Kubernetes
 * often writes the reason of an image that cannot be pulled into the message of an event called `Failed`.
 */
export function startTrouble(table: string): StartTrouble | null {
  const found = new Map<StartTrouble["kind"], { message: string; times: number }>();
  for (const line of table.split("\n").slice(1)) {
    if (begun.test(line)) found.delete("image");
    const reason = Object.keys(kinds).find((word) => new RegExp(`\\b${word}\\b`).test(line));
    const kind = reason === undefined ? undefined : kinds[reason];
    if (kind === undefined) continue;
    const message = line.trim().split(/\s{2,}/)[2] ?? line.trim();
    found.set(kind, { message, times: (found.get(kind)?.times ?? 0) + 1 });
  }
  for (const kind of ["image", "out of memory", "no room"] as const) {
    const trouble = found.get(kind);
    if (trouble) return { kind, ...trouble };
  }
  return null;
}
