import { z } from "zod";
import type { Millis } from "#lib/booking/slot.ts";

/** A status we know. Any other word is one of a newer Skaha: not ready, and never an end. */
const statuses = ["Pending", "Running", "Terminating", "Completed", "Failed"] as const;
export type SkahaStatus = (typeof statuses)[number] | "unknown";

const isStatus = (word: string): word is (typeof statuses)[number] => (statuses as readonly string[]).includes(word);

/** `2026-08-10T15:45Z`, with seconds or without, with fractions or without; null when it is no time. */
const lenientTime = z.unknown().transform((value): Millis | null => {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
});

const lenientUrl = z.unknown().transform((value): URL | null => {
  if (typeof value !== "string" || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === "https:" || url.protocol === "http:" ? url : null;
});

const session = z
  .looseObject({
    id: z.string().min(1),
    name: z.string(),
    // A session that cannot be read whole is still there: never an end.
    status: z.string().catch(""),
    type: z.string().optional().catch(undefined),
    startTime: lenientTime.optional(),
    expiryTime: lenientTime.optional(),
    connectURL: lenientUrl.optional(),
  })
  .transform(({ id, name, status, type, startTime, expiryTime, connectURL }) => ({
    id,
    name,
    status: isStatus(status) ? status : ("unknown" as const),
    type: type?.toLowerCase() ?? null,
    startedAt: startTime ?? null,
    expiresAt: expiryTime ?? null,
    /** There long before it answers; null for headless. A secret, as the id is. */
    connectUrl: connectURL ?? null,
  }));

/** A session as Skaha tells of it. Its id and its `connectUrl` let anybody in: neither is stored nor logged. */
export type SkahaSession = z.output<typeof session>;

/** Sessions that cannot be read (one of a newer Skaha, one without a name) are left out: the others still count. */
export const sessionList = z.array(z.unknown()).transform((all) =>
  all.flatMap((one) => {
    const read = session.safeParse(one);
    return read.success ? [read.data] : [];
  }),
);

const options = z
  .looseObject({ options: z.array(z.number().int()).catch([]), default: z.number().int().optional().catch(undefined) })
  .catch({ options: [], default: undefined });

/** What may be asked for, in both forms that are in use: numbers, and a limit that may be a text. */
export const context = z
  .looseObject({
    cores: options,
    memoryGB: options,
    gpus: options,
    maxInteractiveSessions: z.coerce.number().int().positive().optional().catch(undefined),
  })
  .transform(({ cores, memoryGB, gpus, maxInteractiveSessions }) => ({
    cores: cores.options,
    memoryGiB: memoryGB.options,
    gpus: gpus.options,
    /** How many interactive sessions one user may have; null where it is not said. */
    mostSessions: maxInteractiveSessions ?? null,
  }));

/** Public images with the types they can run as. */
export const imageList = z.array(z.unknown()).transform((all) =>
  all.flatMap((one) => {
    const read = z.looseObject({ id: z.string().min(1), types: z.array(z.string()).catch([]) }).safeParse(one);
    return read.success ? [{ id: read.data.id, types: read.data.types.map((type) => type.toLowerCase()) }] : [];
  }),
);

/** The hosts that images may come from. */
export const registryList = z
  .array(z.unknown())
  .transform((all) => all.filter((one): one is string => typeof one === "string" && one !== ""));
