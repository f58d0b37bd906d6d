import { type AccountKind, accountKinds } from "#lib/booking/capacity.ts";
import { openPhases, type Phase } from "#lib/booking/phase.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { mapResources, type Resources, resourceNames } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import type { Universe } from "#lib/testing/universe.ts";

export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** A session as the model knows it: an offer, a booking, or what became of one. `from`, `until`: its slots, half-open. */
export interface ModelSession {
  readonly id: string;
  readonly set: string;
  readonly person: number;
  resources: Resources;
  from: Millis;
  until: Millis;
  startsAt: Millis;
  endsAt: Millis;
  readonly startsNow: boolean;
  readonly expiresAt: Millis;
  phase: Phase;
  acceptedAt: Millis | null;
}

/** What was asked for, by whom: an offer set remembers it. */
export interface Wish {
  readonly person: number;
  readonly request: ExecutionRequest;
}

/** Somebody's place in the waiting list. */
export interface ModelWait {
  readonly wish: Wish;
  readonly joinedAt: Millis;
  /** The last start that was asked for. */
  readonly until: Millis;
  /** The set that it was offered and an administrator took back. */
  readonly tookBack?: string;
}

/** The most an account may have booked over the window, in core-hours and GPU-hours. */
export interface ModelBudget {
  coreHours: number | null;
  gpuHours: number | null;
}

/** What limits an account. */
export interface ModelLimits extends ModelBudget {
  cores: number;
  memoryGiB: number;
  gpus: number;
}

/**
 * What the broker should know, in plain arrays. There is no ledger here: what is used is summed up from the sessions each
 * time it is asked.
 */
export interface Model {
  now: Millis;
  readonly windowHours: number;
  readonly maxOffers: number;
  readonly offerMs: Millis;
  readonly openBookings: number;
  readonly offerSets: number;
  readonly limits: { platform: ModelLimits; project: ModelLimits; users: ModelLimits[] };
  readonly closed: Set<Millis>;
  readonly sessions: ModelSession[];
  /** By offer set. */
  readonly wishes: Map<string, Wish>;
  /** Those who wait, by their place; without those who were offered something or gave up. */
  readonly waits: Map<string, ModelWait>;
  readonly waitMs: Millis;
  /** Who was offered a set by the list: their place. */
  readonly servedBy: Map<string, readonly [string, ModelWait]>;
  /** The session that a person's key stands for. */
  readonly keys: Map<string, string>;
}

/** What the commands work on: the real thing, and the ids by which the model's people are known there. */
export interface Real {
  readonly universe: Universe;
}

export const runningSlot = (model: Model): Millis => Math.floor(model.now / HOUR) * HOUR;
export const windowEnd = (model: Model): Millis => runningSlot(model) + model.windowHours * HOUR;

/** The starts of the hourly slots in `[from, until)`. */
export const hours = (from: Millis, until: Millis): Millis[] =>
  Array.from({ length: Math.max(0, Math.round((until - from) / HOUR)) }, (_, index) => from + index * HOUR);

/** Whether a session counts for an account: an offer is held on the platform only. */
export function counts(session: ModelSession, kind: AccountKind, person: number): boolean {
  if (session.acceptedAt === null) return session.phase === "OFFERED" && kind === "platform";
  return kind !== "user" || session.person === person;
}

/** What is used of an account in a slot: the sum of the sessions that stand in it. */
export function used(model: Model, kind: AccountKind, person: number, slot: Millis): Resources {
  const there = model.sessions.filter((one) => one.from <= slot && slot < one.until && counts(one, kind, person));
  return mapResources((name) => there.reduce((sum, one) => sum + one.resources[name], 0));
}

export function limitOf(model: Model, kind: AccountKind, person: number): ModelLimits {
  return kind === "user" ? pick(model.limits.users, person) : model.limits[kind];
}

/** The `index`-th of the things there are, counted round. */
export function pick<T>(things: readonly T[], index: number): T {
  const thing = things[index % things.length];
  if (thing === undefined) throw new Error("there is nothing to pick from");
  return thing;
}

/** Whose budget does not allow that many more hours; null when all do. */
export function budgetRefuser(
  model: Model,
  person: number,
  asked: Resources,
  slots: number,
  kinds: readonly AccountKind[] = accountKinds,
): AccountKind | null {
  const window = hours(runningSlot(model), windowEnd(model));
  const isOver = (kind: AccountKind) => {
    const { coreHours, gpuHours } = limitOf(model, kind, person);
    if (slots <= 0) return false;
    const uses = window.map((slot) => used(model, kind, person, slot));
    const cores = uses.reduce((sum, use) => sum + use.cores, asked.cores * slots);
    const gpus = uses.reduce((sum, use) => sum + use.gpus, asked.gpus * slots);
    return (coreHours !== null && cores > coreHours) || (gpuHours !== null && asked.gpus > 0 && gpus > gpuHours);
  };
  return kinds.find(isOver) ?? null;
}

export const none: Resources = { cores: 0, memoryGiB: 0, gpus: 0 };

/** Which of the accounts has no room for `asked` in a slot; null when all have. */
export function refuser(
  model: Model,
  person: number,
  slot: Millis,
  asked: Resources,
  kinds: readonly AccountKind[] = accountKinds,
): AccountKind | null {
  return kinds.find((kind) => lacks(model, kind, person, slot, asked)) ?? null;
}

/** Whether an account has too little left for `asked` in a slot. */
export function lacks(model: Model, kind: AccountKind, person: number, slot: Millis, asked: Resources): boolean {
  const [taken, limit] = [used(model, kind, person, slot), limitOf(model, kind, person)];
  return resourceNames.some((name) => asked[name] > 0 && taken[name] + asked[name] > limit[name]);
}

export const isOpen = (session: ModelSession): boolean => (openPhases as readonly Phase[]).includes(session.phase);

export const bookingsOf = (model: Model): ModelSession[] => model.sessions.filter((one) => one.acceptedAt !== null);

/** The offer sets of a person that are still live. */
export function liveSets(model: Model, person: number): string[] {
  const sets = new Set(model.sessions.filter((one) => one.person === person).map((one) => one.set));
  return [...sets].filter((set) => {
    const offers = model.sessions.filter((one) => one.set === set);
    const latest = Math.max(...offers.map((offer) => offer.expiresAt));
    return latest > model.now && offers.some((offer) => offer.phase === "OFFERED");
  });
}

/** Ends a session: an offer gives back all it holds, a booking the slots from the running one on. */
export function end(model: Model, session: ModelSession, phase: Phase): void {
  session.until =
    session.acceptedAt === null ? session.from : Math.min(session.until, Math.max(session.from, runningSlot(model)));
  session.phase = phase;
}
