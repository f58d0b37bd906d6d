export const DAY_MS = 86_400_000;

export const interactiveTypes = ["carta", "contributed", "desktop", "firefly", "notebook"] as const;
export const createTypes = [...interactiveTypes, "headless", "desktop-app"] as const;
export type SessionType = (typeof createTypes)[number];
export const isSessionType = (word: string): word is SessionType => (createTypes as readonly string[]).includes(word);

export type Status = "Pending" | "Running" | "Terminating" | "Completed" | "Failed";

/** How long each phase takes, in milliseconds. */
export interface Delays {
  /** In the queue: the Job is suspended. */
  suspendedMs: number;
  /** The pod exists and is not ready. */
  pendingMs: number;
  /** Between Running and a link that answers. */
  linkMs: number;
  /** A headless session that does not really run something takes this long. */
  headlessMs: number;
  /** After DELETE the session stays listed as Terminating. */
  terminatingMs: number;
}

/** What is wrong with a session, decided when it is created. */
export type Fault =
  | { kind: "bad-image" }
  | { kind: "unschedulable" }
  /** `killed`: because it ran out of memory. */
  | { kind: "flap"; afterMs: number; forMs: number; killed?: boolean | undefined }
  | { kind: "out-of-memory"; afterMs: number };

export interface Session {
  readonly id: string;
  /** Three characters, for a program inside a desktop session. */
  readonly appId: string | null;
  readonly user: string;
  readonly image: string;
  readonly type: SessionType;
  readonly name: string;
  /** As asked; null when left out. */
  readonly cores: number | null;
  readonly ramGiB: number | null;
  readonly gpus: number;
  readonly createdAt: number;
  readonly delays: Delays;
  readonly fault: Fault | null;
  /** How exactly the Job's start is written: to the second, without seconds, or with milliseconds. */
  readonly precision: "second" | "minute" | "millisecond";
  /** Headless, and what it would run is not really run. */
  readonly pretends: boolean;
  readonly command: { readonly cmd: string | null; readonly args: readonly string[]; readonly env: readonly string[] };
  /** Where renewing has moved the end. */
  renewedUntil: number | null;
  ended: { at: number; status: "Completed" | "Failed" } | null;
  deletedAt: number | null;
}

const lifetimeMs = (session: Session) => (session.type === "headless" ? 14 : 4) * DAY_MS;
const listedAfterEndMs = (session: Session) => (session.type === "headless" ? DAY_MS / 24 : DAY_MS);
const precisionMs = { second: 1_000, minute: 60_000, millisecond: 1 } as const;

export const keyOf = (session: Pick<Session, "id" | "appId">) =>
  session.appId ? `${session.id}/${session.appId}` : session.id;
export const isInteractive = (session: Session) => session.type !== "headless" && session.type !== "desktop-app";

/** When the Job left the queue. */
export const admittedAt = (session: Session) => session.createdAt + session.delays.suspendedMs;

/** When the pod became ready the first time; null when it never does. */
export function readyAt(session: Session): number | null {
  const kind = session.fault?.kind;
  if (kind === "bad-image" || kind === "unschedulable") return null;
  return admittedAt(session) + session.delays.pendingMs;
}

/** The time in which a flapping session is Pending again: `[from, to)`. */
export function flapOf(session: Session): { from: number; to: number } | null {
  const ready = readyAt(session);
  if (session.fault?.kind !== "flap" || ready === null) return null;
  const from = ready + session.fault.afterMs;
  return { from, to: from + session.fault.forMs };
}

/** The Job's start as the platform tells it; null while suspended. A flap starts the Job's clock again. */
export function startOf(session: Session, now: number): number | null {
  const flap = flapOf(session);
  const start = flap && now >= flap.from ? flap.from : admittedAt(session);
  if (now < start) return null;
  const precision = precisionMs[session.precision];
  return Math.floor(start / precision) * precision;
}

/** The end of the lifetime; null while suspended. */
export function expiryOf(session: Session, now: number): number | null {
  const start = startOf(session, now);
  return start === null ? null : Math.max(start + lifetimeMs(session), session.renewedUntil ?? 0);
}

/** When and how the session ends by itself or has ended; null when nothing is settled yet. */
export function endOf(session: Session, now: number): Session["ended"] {
  if (session.ended) return session.ended;
  const expiry = expiryOf(session, now);
  if (expiry !== null && now >= expiry) return { at: expiry, status: "Failed" };
  const ready = readyAt(session);
  if (session.fault?.kind === "out-of-memory" && ready !== null && now >= ready + session.fault.afterMs)
    return { at: ready + session.fault.afterMs, status: "Failed" };
  const done = session.pretends && ready !== null ? ready + session.delays.headlessMs : null;
  return done !== null && now >= done ? { at: done, status: "Completed" } : null;
}

/** The status in Skaha's words; null when the session is not there any more. */
export function statusOf(session: Session, now: number): Status | null {
  if (session.deletedAt !== null) return now < session.deletedAt + session.delays.terminatingMs ? "Terminating" : null;
  const end = endOf(session, now);
  if (end) return now < end.at + listedAfterEndMs(session) ? end.status : null;
  const ready = readyAt(session);
  const flap = flapOf(session);
  if (ready === null || now < ready) return "Pending";
  return flap && now >= flap.from && now < flap.to ? "Pending" : "Running";
}

/** Whether a pod exists, which events and renewing need. */
export const isActive = (session: Session, now: number) =>
  now >= admittedAt(session) && ["Pending", "Running"].includes(statusOf(session, now) ?? "");

/** Whether something runs for it: a server from the pod's start, a program while Running, nothing during a flap. */
export function runsNow(session: Session, now: number): boolean {
  const flap = flapOf(session);
  if (!isActive(session, now) || readyAt(session) === null || session.pretends) return false;
  if (flap && now >= flap.from && now < flap.to) return false;
  return session.type === "notebook" || (session.type === "headless" && statusOf(session, now) === "Running");
}

/** Whether the link may answer: Running, and the moment after it is over. */
export function isLinkUp(session: Session, now: number): boolean {
  if (statusOf(session, now) !== "Running") return false;
  const flap = flapOf(session);
  const since = flap && now >= flap.to ? flap.to : (readyAt(session) ?? Number.POSITIVE_INFINITY);
  return now >= since + session.delays.linkMs;
}

/** Renews to now + 4 days when that is later; refuses (false) without an active pod. */
export function renew(session: Session, now: number): boolean {
  const expiry = expiryOf(session, now);
  if (expiry === null || !isActive(session, now)) return false;
  session.renewedUntil = Math.max(expiry, now + 4 * DAY_MS);
  return true;
}
