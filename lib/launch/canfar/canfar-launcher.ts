import { setTimeout as pause } from "node:timers/promises";
import type { PlatformChoices } from "#lib/booking/choices.ts";
import { isTimeOut } from "#lib/error-code.ts";
import { type Handle, LaunchError, type Launcher, LOG_LINES, type Order, type Sighting } from "#lib/launch/launcher.ts";
import { withinTime } from "#lib/time-limit.ts";
import type { ActForUser, Acting, Purpose } from "./acting.ts";
import type { SkahaSession } from "./answers.ts";
import { startTrouble } from "./events.ts";
import { linkAnswers } from "./link-answers.ts";
import { makeReadiness } from "./readiness.ts";
import { byAge, endings, hasEnded, isActive, isYounger, newest } from "./same-name.ts";
import { makeSeen } from "./seen.ts";
import { settleFew } from "./settle-few.ts";
import { makeSkaha, type SkahaSetting } from "./skaha.ts";
import { SkahaError, unwell } from "./skaha-error.ts";
import { killsIn, waitingFor } from "./waiting.ts";

export interface CanfarSetting extends SkahaSetting {
  readonly actFor: ActForUser;
  /** Everybody for whom something could act: their sessions are looked through for orphans. */
  readonly people: () => Promise<readonly string[]>;
  /** After a create whose answer did not come, the session is looked for this long, in milliseconds. */
  readonly uncertainMs?: number;
  /** The pause between two looks at a session that is ending, in milliseconds. */
  readonly endingEveryMs?: number;
  /** A release that the platform has not confirmed after so long is given up for now, in milliseconds. */
  readonly releaseMs?: number;
  /** So long a session must be missing, or its image be refused, before that is believed, in milliseconds. */
  readonly doubtMs?: number;
  /** How long one launch may take with all its calls, in milliseconds: the session is locked meanwhile. */
  readonly launchMs?: number;
  /** How long one look may take with all its calls and their repetitions, in milliseconds: the session is locked meanwhile. */
  readonly lookMs?: number;
  /** A session's events are asked for no more often than this, in milliseconds. */
  readonly eventsEveryMs?: number;
}

/** The names that `sessionName` makes. What users started themselves has other ones. */
const ourName = /^m-[0-9a-hjkmnp-tv-z]{12}$/;
/** So many people's sessions are asked for at once. */
const LISTS_AT_ONCE = 4;
/** A list of images that is gathered first may take minutes. */
const CHOICES_MS = 150_000;
/** No more people are tried when what CANFAR offers is read. */
const ASKED_PEOPLE = 5;

/**
 * Sessions on CANFAR or another deployment of Skaha, started, seen and ended with their owner's own credential.
 *
 * The handle is the owner and the name, and nothing else: with a session's id anybody could enter it, so the id is never
 * stored. Each look asks the platform for the owner's sessions and finds ours by name; when two have it (two workers created
 * at once), the oldest stays and the others are ended.
 */
export function createCanfarLauncher(setting: CanfarSetting): Launcher {
  const { people, uncertainMs = 15_000, endingEveryMs = 5_000 } = setting;
  const { launchMs = 90_000, releaseMs = 60_000, doubtMs = 30_000, lookMs = 45_000, eventsEveryMs = 10_000 } = setting;
  const skaha = makeSkaha(setting);
  const seen = makeSeen(doubtMs);
  const { note, isCertain } = seen;

  const actFor: ActForUser = async (user, to, signal, refused) => ({
    ...(await setting.actFor(user, to, signal, refused)),
    user,
  });

  async function named(name: string, acting: Acting, signal: AbortSignal): Promise<SkahaSession[]> {
    return (await skaha.sessions(acting, signal)).filter((one) => one.name === name);
  }

  /** The active one of the sessions of a name; of several the oldest stays and the others are ended. */
  async function onlyOne(
    all: readonly SkahaSession[],
    acting: Acting,
    signal: AbortSignal,
  ): Promise<SkahaSession | null> {
    const [session, ...others] = all.filter(isActive).sort(byAge);
    if (!session) return null;
    const extra = others.filter((other) => isYounger(other, session));
    await Promise.all(extra.map(({ id }) => skaha.end(id, acting, signal)));
    note(session.name, session.id, { missingSince: null });
    return session;
  }

  const adopt = async (name: string, acting: Acting, signal: AbortSignal) =>
    onlyOne(await named(name, acting, signal), acting, signal);

  /**
   * Does `work` with what acts for the user, within `ms` altogether; once more with a fresh one when the platform does not accept
   * it any more.
   */
  async function as<T>(
    user: string,
    to: Purpose,
    { ms, signal }: { readonly ms: number; readonly signal: AbortSignal },
    work: (acting: Acting, limit: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const twice = async (limit: AbortSignal) => {
      const acting = await actFor(user, to, limit);
      try {
        return await work(acting, limit);
      } catch (error) {
        if (!isRefused(error)) throw error;
        return work(await actFor(user, to, limit, acting), limit);
      }
    };
    return withinTime(signal, ms, twice).catch((error: unknown) => {
      signal.throwIfAborted();
      throw isTimeOut(error) ? new SkahaError(unwell("it did not answer in time"), error) : error;
    });
  }

  async function launch(order: Order, signal: AbortSignal): Promise<Sighting> {
    let isAsked = false;
    const asks = (perhaps: boolean) => {
      isAsked = perhaps;
    };
    try {
      return await as(order.user.id, "start", { ms: launchMs, signal }, (acting, limit) =>
        launchAs(order, acting, limit, asks),
      );
    } catch (error) {
      if (error instanceof LaunchError) error.isUntouched = !isAsked;
      throw error;
    }
  }

  /** `asks` is told whether a session may have been made. */
  async function launchAs(
    order: Order,
    acting: Acting,
    signal: AbortSignal,
    asks: (perhaps: boolean) => void,
  ): Promise<Sighting> {
    const { type, image, command = null, args = null, environment = {} } = order.executable;
    if (image === null) throw new LaunchError("A session on CANFAR needs an image.", { mayPass: false });
    const handle = { user: order.user.id, key: order.key };
    if (await isThere(order, acting, signal)) return { state: "preparing", handle };
    const { cores, memoryGiB, gpus } = order.resources;
    const program = { command, args, environment };
    const wanted = { name: order.key, type, image, program, cores, ramGiB: memoryGiB, gpus };
    try {
      asks(true);
      note(order.key, await skaha.create(wanted, acting, signal));
    } catch (error) {
      if (error instanceof SkahaError && !isUnwell(error)) asks(false);
      // Perhaps the last place was taken by somebody who launched the same one in the same moment.
      const isTaken = isTooMany(error) && (await adopt(order.key, acting, signal)) !== null;
      if (isTaken) return { state: "preparing", handle };
      if (isTooMany(error)) throw await withNames(error, acting, signal);
      if (!isUnwell(error) || !(await appears(order, acting, signal))) throw error;
    }
    // Somebody else may have created it in the same moment.
    await adopt(order.key, acting, signal);
    return { state: "preparing", handle };
  }

  /** Whether it was started already. What is headless may have run to its end by now, and must not run again. */
  async function isThere({ key, executable }: Order, acting: Acting, signal: AbortSignal): Promise<boolean> {
    const all = await named(key, acting, signal);
    return (await onlyOne(all, acting, signal)) !== null || (executable.type === "headless" && all.some(hasEnded));
  }

  /** Whether a session whose creation was not answered is there after all. */
  async function appears(order: Order, acting: Acting, signal: AbortSignal): Promise<boolean> {
    const until = performance.now() + uncertainMs;
    for (;;) {
      const found = await isThere(order, acting, signal).catch((error: unknown) => {
        if (isUnwell(error)) return false;
        throw error;
      });
      if (found) return true;
      if (performance.now() >= until) return false;
      await pause(Math.min(1000, endingEveryMs), undefined, { signal });
    }
  }

  async function look(handle: Handle, signal: AbortSignal): Promise<Sighting> {
    const ours = read(handle);
    if (ours === null) return notOurs;
    return as(ours.user, "see", { ms: lookMs, signal }, (acting, limit) => lookAs(ours, acting, limit));
  }

  async function lookAs(ours: Ours, acting: Acting, signal: AbortSignal): Promise<Sighting> {
    const { key } = ours;
    const handle = { ...ours };
    const all = await named(key, acting, signal);
    const session = await onlyOne(all, acting, signal);
    if (session === null) return notActive(ours, all, acting, signal);
    const isAnswering = seen.get(key)?.answers === true;
    if (session.status !== "Running") {
      note(key, session.id, { answers: false });
      return notRunning(handle, session, acting, signal);
    }
    const table = seen.get(key)?.events?.table;
    note(key, session.id, { ran: true, events: null, ...(table !== undefined && { knownKills: killsIn(table) }) });
    if (session.type === "headless") return { state: "available", handle, link: null };
    const link = session.connectUrl;
    if (link === null || !(isAnswering || (await linkAnswers(link, setting.ca, signal))))
      return { state: "preparing", handle };
    note(key, session.id, { answers: true });
    return { state: "available", handle, link: new URL("/", link) };
  }

  /** Why it is not running: it cannot, or it waits for something. */
  async function notRunning(
    handle: Handle,
    session: SkahaSession,
    acting: Acting,
    signal: AbortSignal,
  ): Promise<Sighting> {
    const table = await eventsOf(session, acting, signal);
    const waiting = waitingFor(table, session.startedAt, seen.get(session.name)?.knownKills);
    return cannotStart(session, table) ?? { state: "preparing", handle, ...waiting };
  }

  /** The events of a session, those of a moment ago when they were asked for then. */
  async function eventsOf(session: SkahaSession, acting: Acting, signal: AbortSignal): Promise<string> {
    const before = seen.get(session.name)?.events;
    if (before && performance.now() < before.at + eventsEveryMs) return before.table;
    const table = await skaha.events(session.id, acting, signal);
    note(session.name, session.id, { events: { table, at: performance.now() } });
    return table;
  }

  /**
   * An image that cannot be pulled keeps a session Pending until its end, and takes one of the user's places. Kubernetes tries
   * again by itself, so that it fails once says little; and what ran has its image, whatever its events of before say.
   */
  function cannotStart(session: SkahaSession, table: string): Sighting | null {
    if (seen.get(session.name)?.ran) return null;
    const trouble = startTrouble(table);
    if (trouble?.kind !== "image") {
      note(session.name, session.id, { refusedSince: null });
      return null;
    }
    if (!isCertain(session.name, "refusedSince")) return null;
    const why = `CANFAR cannot get the image of this session: ${masked(trouble.message, session)}`;
    return { state: "gone", how: "lost", why, log: masked(table, session) };
  }

  /** Of all the user's sessions of that name none is active. */
  async function notActive(
    handle: Ours,
    all: readonly SkahaSession[],
    acting: Acting,
    signal: AbortSignal,
  ): Promise<Sighting> {
    const { key } = handle;
    const last = newest(all);
    if (last) {
      const log = await lastLines(last, LOG_LINES, acting, signal);
      const how = last.status === "Completed" ? "closed" : "lost";
      return { state: "gone", how, why: endings[last.status] ?? "It is over on CANFAR.", log };
    }
    // A list that leaves it out is no proof: what was seen before is asked for by its id, and a while must pass.
    const id = seen.get(key)?.id;
    if (id && (await skaha.exists(id, acting, signal))) return { state: "preparing", handle };
    if (!isCertain(key, "missingSince")) return { state: "preparing", handle };
    return { state: "gone", how: "lost", why: "CANFAR does not have it any more: it was ended there.", log: "" };
  }

  async function lastLines(session: SkahaSession, lines: number, acting: Acting, signal: AbortSignal): Promise<string> {
    const text = await skaha.log(session.id, acting, signal).catch((error: unknown) => {
      if (error instanceof SkahaError && error.trouble.kind === "not there") return "";
      throw error;
    });
    return masked(text.trimEnd().split("\n").slice(-lines).join("\n"), session);
  }

  /** Ends everything of that name until the platform has nothing of it, neither by name nor by id. */
  const release = async (handle: Handle, signal: AbortSignal): Promise<void> => {
    const ours = read(handle);
    if (ours === null) return;
    // Between two rounds it says itself what is in the way.
    await as(ours.user, "end", { ms: 1.5 * releaseMs, signal }, (acting, limit) => releaseAs(ours, acting, limit));
  };

  async function releaseAs({ key }: Ours, acting: Acting, signal: AbortSignal): Promise<void> {
    const known = seen.get(key)?.id;
    const gone = new Set<string>();
    const until = performance.now() + releaseMs;
    for (let isFirst = true; ; isFirst = false) {
      const ids = new Set((await named(key, acting, signal)).map((one) => one.id));
      if (known && !gone.has(known)) ids.add(known);
      if (ids.size === 0) break;
      await Promise.all([...ids].map((id) => skaha.end(id, acting, signal)));
      const there = await Promise.all([...ids].map((id) => skaha.exists(id, acting, signal)));
      for (const [index, id] of [...ids].entries()) if (!there[index]) gone.add(id);
      if (isFirst && !there.includes(true)) continue;
      if (performance.now() >= until) {
        throw new LaunchError("CANFAR was told to end this session, and has not ended it yet.", { mayPass: true });
      }
      await pause(endingEveryMs, undefined, { signal });
    }
    seen.forget(key);
  }

  return {
    kind: "canfar",
    isShared: true,
    // Four days of its own, and one more for which it is listed.
    forgetsAfterMs: 5 * 86_400_000,
    authorities: setting.ca,
    // As gentle as the platform's own pages.
    pace: { preparingMs: 5_000, runningMs: 10_000 },
    launch,
    look,
    release,
    readiness: makeReadiness(setting, skaha.circuit),
    async open(handle, signal) {
      const ours = read(handle);
      if (ours === null) throw new LaunchError(notOurs.why, { mayPass: false });
      const session = await as(ours.user, "see", { ms: lookMs, signal }, (acting, limit) =>
        adopt(ours.key, acting, limit),
      );
      if (session?.connectUrl) return session.connectUrl;
      throw new LaunchError("CANFAR has no link for this session.", { mayPass: session !== null });
    },
    /** Skaha does not tell whether anybody computes. */
    use: async () => null,
    async log(handle, lines, signal) {
      const ours = read(handle);
      if (ours === null) return "";
      return as(ours.user, "see", { ms: lookMs, signal }, async (acting, limit) => {
        const last = newest(await named(ours.key, acting, limit));
        return last ? await lastLines(last, lines, acting, limit) : "";
      });
    },
    enforced: ({ cores, memoryGiB, gpus }) => [
      `CANFAR gives it ${cores} ${cores === 1 ? "core" : "cores"} and ${memoryGiB} GiB of memory, request and limit alike.`,
      ...(gpus > 0 ? [`It has ${gpus} ${gpus === 1 ? "GPU" : "GPUs"} of its own.`] : []),
    ],
    choices: (signal) => readChoices(signal),
    find: async (key, user) => ({ user: user.id, key }),
    async list(signal) {
      const users = await people();
      const all = await settleFew(users, LISTS_AT_ONCE, (user) => listOf(user, signal), signal);
      for (const one of all) {
        // One whose sign-in is over does not hide the others.
        if (one.status === "rejected") console.error(`sessions of somebody on CANFAR cannot be listed: ${one.reason}`);
      }
      return all.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    },
  };

  /** Everybody is told the same, so the first whose sign-in is good asks for all. */
  async function readChoices(signal: AbortSignal): Promise<PlatformChoices> {
    let trouble: unknown = new LaunchError("Nobody who could ask CANFAR for it has signed in yet.", { mayPass: true });
    for (const user of (await people()).slice(0, ASKED_PEOPLE)) {
      try {
        return await as(user, "see", { ms: CHOICES_MS, signal }, (acting, limit) => skaha.choices(acting, limit));
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof LaunchError)) throw error;
        trouble = error;
        if (isUnwell(error)) break;
      }
    }
    throw trouble;
  }

  async function listOf(user: string, signal: AbortSignal) {
    const sessions = await as(user, "see", { ms: lookMs, signal }, (acting, limit) => skaha.sessions(acting, limit));
    const names = new Set(sessions.filter(isActive).map((one) => one.name));
    return [...names].filter((name) => ourName.test(name)).map((key) => ({ key, handle: { user, key } }));
  }

  /** The refusal with the names of what runs, so that the user knows what to end. */
  async function withNames(error: SkahaError, acting: Acting, signal: AbortSignal): Promise<LaunchError> {
    const running = (await skaha.sessions(acting, signal)).filter((one) => isActive(one) && one.type !== "headless");
    if (running.length === 0) return error;
    const names = running
      .map((one) => `“${one.name}”`)
      .sort()
      .join(", ");
    return new LaunchError(`${error.message} It has ${names}.`, {
      mayPass: true,
      outOfOurHands: { afterMs: null },
      cause: error,
    });
  }
}

const isRefused = (error: unknown) => error instanceof SkahaError && error.trouble.kind === "sign-in needed";
const isUnwell = (error: unknown) => error instanceof SkahaError && error.trouble.kind === "unwell";
const isTooMany = (error: unknown): error is SkahaError =>
  error instanceof SkahaError && error.trouble.kind === "too many sessions";

/** A text of the platform without the session's id, which it likes to print. */
const masked = (text: string, { id }: SkahaSession) => text.replaceAll(id, "…");

/** The handle of a session of ours: its owner and its name. */
type Ours = { readonly user: string; readonly key: string };

/** Null for a handle that this launcher never gave. */
function read({ user, key }: Handle): Ours | null {
  return typeof user === "string" && typeof key === "string" ? { user, key } : null;
}

const notOurs = { state: "gone", how: "lost", why: "This session was not started on CANFAR.", log: "" } as const;
