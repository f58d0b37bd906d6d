import { type LimitPlan, type LimitPolicy, planLimitChange } from "#lib/booking/limit-change.ts";
import { type LimitField, no, type Refusal, type Result, yes } from "#lib/booking/refusal.ts";
import { mapResources, type Resources } from "#lib/booking/resources.ts";
import { bookingWindow, type Millis, slotLength, slotStart } from "#lib/booking/slot.ts";
import {
  applyLimits,
  type Closing,
  findAccount,
  type Limits,
  readAccountState,
  type StandingSession,
  type StoredAccount,
} from "#lib/db/limits.ts";
import { findPlatformById } from "#lib/db/platforms.ts";
import { serveWaitlist } from "./serve-waitlist.ts";
import { refusalOf } from "./words.ts";

/** What an administrator wants of an account: other limits, or of a platform slots closed or opened again. */
export interface LimitChange {
  readonly accountId: string;
  readonly limits?: Partial<Limits>;
  /** Closes the slots in [from, until) for the reason; a null reason opens them. */
  readonly close?: { readonly from: Millis; readonly until: Millis; readonly reason: string | null };
  /** What becomes of bookings that do not fit any more. */
  readonly policy: LimitPolicy;
}

/** Exactly what a change would do if it were applied now. */
export interface LimitPreview {
  readonly account: StoredAccount;
  readonly before: Limits;
  readonly after: Limits;
  readonly closings: readonly Closing[];
  /** The first slot it is about: the running one. */
  readonly from: Millis;
  readonly cancelled: readonly StandingSession[];
  readonly honoured: readonly StandingSession[];
  readonly over: LimitPlan["over"];
  readonly overBudget: LimitPlan["overBudget"];
  /** What is used in each slot now, where anything is. */
  readonly slots: readonly { readonly start: Millis; readonly used: Resources; readonly closed: boolean }[];
  /** Tells whether anything changed since: applying asks for it. */
  readonly seen: string;
}

const MOST_AMOUNT = 1_000_000;
const MOST_HOURS = 100_000_000;
/** Slots are closed no further ahead, and no more at once. */
const LONGEST_CLOSING_MS = 31 * 86_400_000;
const FURTHEST_CLOSING_MS = 366 * 86_400_000;

/**
 * Lists exactly what a change of limits would do: which held offers are released, which bookings are cancelled (policy
 * `cancel`: the latest booked first) or honoured above the limit (`keep`). Changes nothing. Refuses with INVALID_REQUEST and
 * the field, or NOT_FOUND.
 */
export async function previewLimitChange(
  change: LimitChange,
  now: Millis,
): Promise<Result<LimitPreview, readonly Refusal[]>> {
  const account = /^\d{1,18}$/.test(change.accountId) ? await findAccount(change.accountId) : null;
  const platform = account && (await findPlatformById(account.platformId));
  if (!account || !platform) return { ok: false, error: [no("NOT_FOUND", "There is no such account.").error] };
  const problems = [...checkLimits(change.limits ?? {}), ...checkClosing(change, account, now)];
  if (problems.length > 0) return { ok: false, error: problems };

  const from = slotStart(platform, now);
  const read = await readAccountState(account.id, from);
  if (!read) return { ok: false, error: [no("NOT_FOUND", "There is no such account.").error] };
  const { state, seen } = read;
  const after = { ...state.limits, ...change.limits };
  const closings = closingsOf(change, platform, from);
  const closedAfter = new Map(closings.map(({ slot, closed }) => [slot, closed !== null]));
  const slots = state.slots.map((slot) => ({
    start: slot.start,
    used: slot.used,
    limit: mapResources((name) => after[name]),
    closed: closedAfter.get(slot.start) ?? slot.closed !== null,
  }));
  const plan = planLimitChange({
    slots,
    sessions: state.sessions.map((session) => ({
      id: session.id,
      acceptedAt: session.acceptedAt,
      span: { start: session.from, end: session.until },
      resources: mapResources((name) => session[name]),
    })),
    policy: change.policy,
    slotMinutes: platform.slotMinutes,
    budget: { coreHours: after.coreHours, gpuHours: after.gpuHours },
    windowEnd: bookingWindow(platform, now).end,
  });
  const byId = new Map(state.sessions.map((session) => [session.id, session]));
  const named = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  return yes({
    account,
    before: state.limits,
    after,
    closings,
    from,
    cancelled: named(plan.cancelled),
    honoured: named(plan.honoured),
    over: plan.over,
    overBudget: plan.overBudget,
    slots: slots.map(({ start, used, closed }) => ({ start, used, closed })),
    seen,
  });
}

/**
 * Applies a change in one transaction, exactly as the preview with that `seen` said, or refuses with PREVIEW_STALE when
 * anything that it depends on has changed since. `why` is told to whoever is touched.
 */
export async function applyLimitChange({
  change,
  seen,
  why,
  admin,
  now,
}: {
  change: LimitChange;
  seen: string;
  why: string;
  admin: { readonly name: string };
  now: Millis;
}): Promise<Result<LimitPreview, readonly Refusal[]>> {
  const preview = await previewLimitChange(change, now);
  if (!preview.ok) return preview;
  if (preview.value.seen !== seen) return { ok: false, error: [no("PREVIEW_STALE").error] };
  const { account, from, after, closings, cancelled } = preview.value;
  const answer = await applyLimits(
    { id: account.id, seen, from },
    { limits: after, closings, cancel: cancelled.map(({ id }) => id) },
    sentenceOf(change, why),
    { who: admin.name, now },
  );
  if (!answer.ok) return { ok: false, error: [refusalOf(answer)] };
  // What it freed goes to those who wait; whose held offer it took back waits on.
  await serveWaitlist({ platformId: account.platformId, now });
  return preview;
}

/** What those read whose booking is touched. */
function sentenceOf(change: LimitChange, why: string): string {
  const what = change.close?.reason
    ? `Closed by an administrator: ${change.close.reason}.`
    : "The limits were changed by an administrator.";
  return why.trim() === "" ? what : `${what} ${why.trim()}`;
}

function checkLimits(limits: Partial<Limits>): Refusal[] {
  return Object.entries(limits).flatMap(([name, value]) => {
    const most = name === "coreHours" || name === "gpuHours" ? MOST_HOURS : MOST_AMOUNT;
    const mayBeNull = !["cores", "memoryGiB", "gpus"].includes(name);
    if (value === null && mayBeNull) return [];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= most) return [];
    return [no("INVALID_REQUEST", `A limit is a whole number from 0 to ${most}.`, { field: name as LimitField }).error];
  });
}

function checkClosing({ close }: LimitChange, account: StoredAccount, now: Millis): Refusal[] {
  if (!close) return [];
  const wrong = (sentence: string) => [no("INVALID_REQUEST", sentence, { field: "close" }).error];
  if (account.kind !== "platform") return wrong("Slots are closed on a whole platform.");
  const { from, until, reason } = close;
  if (![from, until].every(Number.isSafeInteger) || until <= from)
    return wrong("Slots are closed from a time until a later one.");
  if (until <= now) return wrong("That time is over.");
  if (until - from > LONGEST_CLOSING_MS) return wrong("At most 31 days are closed at once.");
  if (until > now + FURTHEST_CLOSING_MS) return wrong("Slots are closed at most a year ahead.");
  if (reason !== null && (reason.trim() === "" || reason.length > 200)) {
    return wrong("Say why, in at most 200 characters: everybody will read it.");
  }
  return [];
}

/** Every slot that the closing touches, from the running one on. */
function closingsOf(
  { close }: LimitChange,
  rule: { slotMinutes: number; windowHours: number },
  first: Millis,
): Closing[] {
  if (!close) return [];
  const closings: Closing[] = [];
  for (let slot = Math.max(first, slotStart(rule, close.from)); slot < close.until; slot += slotLength(rule)) {
    closings.push({ slot, closed: close.reason?.trim() ?? null });
  }
  return closings;
}
