import fc from "fast-check";
import { expect } from "vitest";
import { type AccountKind, accountKinds } from "#lib/booking/capacity.ts";
import { resourceNames } from "#lib/booking/resources.ts";
import { applyLimitChange, type LimitChange, previewLimitChange } from "#lib/broker/change-limits.ts";
import { database } from "#lib/db/client.ts";
import { Command } from "../command.ts";
import {
  counts,
  end,
  HOUR,
  hours,
  limitOf,
  type Model,
  type ModelLimits,
  type ModelSession,
  type Real,
  runningSlot,
  used,
  windowEnd,
} from "../model.ts";
import { takeOverServed } from "../serving.ts";

const admin = { name: "an administrator" };

/** An administrator changes an account's limits, with either policy. */
export const limitCommand = fc
  .record({
    kind: fc.constantFrom(...accountKinds),
    person: fc.nat(2),
    limits: fc.record({
      cores: fc.integer({ min: 1, max: 6 }),
      memoryGiB: fc.integer({ min: 4, max: 20 }),
      gpus: fc.nat(2),
      coreHours: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, fc.integer({ min: 2, max: 24 })),
      gpuHours: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.nat(4)),
    }),
    policy: fc.constantFrom("keep" as const, "cancel" as const),
  })
  .map(limit);

/** How an account is changed. `person`: whose, of a user's. */
interface Change {
  readonly kind: AccountKind;
  readonly person: number;
  readonly limits: ModelLimits;
  readonly policy: "keep" | "cancel";
}

export function limit({ kind, person, limits, policy }: Change): Command {
  const words = `${limits.cores} cores, ${limits.memoryGiB} GiB, ${limits.gpus} GPUs, ${limits.coreHours} core-hours, ${limits.gpuHours} GPU-hours`;
  return new Command({
    title: `limit(${kind}${kind === "user" ? ` ${person}` : ""}: ${words}; ${policy})`,
    perform: async (model, real) => {
      const accountId = await accountOf(real, kind, person);
      Object.assign(limitOf(model, kind, person), limits);
      await change(model, real, { accountId, limits, policy }, kind, person);
    },
  });
}

/** An administrator closes slots, or opens them again. */
export const closeCommand = fc
  .record({
    from: fc.nat(6),
    slots: fc.integer({ min: 1, max: 3 }),
    isOpening: fc.boolean(),
    policy: fc.constantFrom("keep" as const, "cancel" as const),
  })
  .map(close);

/** Which slots are closed or opened; `from`: hours after the running one. */
interface Closing {
  readonly from: number;
  readonly slots: number;
  readonly isOpening: boolean;
  readonly policy: "keep" | "cancel";
}

export function close({ from, slots, isOpening, policy }: Closing): Command {
  return new Command({
    title: `${isOpening ? "open" : "close"}(${slots} slots in ${from} h; ${policy})`,
    perform: async (model, real) => {
      const start = runningSlot(model) + from * HOUR;
      const close = { from: start, until: start + slots * HOUR, reason: isOpening ? null : "maintenance" };
      for (const slot of hours(close.from, close.until)) {
        if (isOpening) model.closed.delete(slot);
        else model.closed.add(slot);
      }
      await change(model, real, { accountId: await accountOf(real, "platform", 0), close, policy }, "platform", 0);
    },
  });
}

/** The preview has to say what happens, and applying it has to do that. The model has the new limits already. */
async function change(model: Model, real: Real, wanted: LimitChange, kind: AccountKind, person: number): Promise<void> {
  const preview = await previewLimitChange(wanted, model.now);
  if (!preview.ok) throw new Error(`no preview: ${JSON.stringify(preview.error)}`);
  const gone = whoGoes(model, kind, person, wanted.policy);
  expect(preview.value.cancelled.map(({ id }) => id).sort(), "who goes").toEqual(gone.map(({ id }) => id).sort());
  const answer = await applyLimitChange({ change: wanted, seen: preview.value.seen, why: "", admin, now: model.now });
  expect(answer.ok ? "YES" : answer.error[0]?.code).toBe("YES");
  await takeOverServed(model, real, true);
}

/** Ends who is in the way, and returns them: first the offers, then the bookings, the latest first. */
function whoGoes(model: Model, kind: AccountKind, person: number, policy: "keep" | "cancel"): ModelSession[] {
  // What was cancelled before its time stands in no slot any more.
  const standing = model.sessions
    .filter((one) => one.from < one.until && one.until > runningSlot(model) && counts(one, kind, person))
    .sort((a, b) => orderOf(b) - orderOf(a) || (a.id > b.id ? -1 : 1));
  const gone: ModelSession[] = [];
  for (const session of standing) {
    const mayGo = policy === "cancel" || session.acceptedAt === null;
    if (!mayGo || !isInTheWay(model, session, kind, person)) continue;
    end(model, session, session.acceptedAt === null ? "REJECTED" : "CANCELLED");
    gone.push(session);
    const [id, wait] = (session.acceptedAt === null && model.servedBy.get(session.set)) || [];
    if (id && wait && wait.until >= model.now && session.expiresAt > model.now)
      model.waits.set(id, { ...wait, tookBack: session.set });
  }
  return gone;
}

const orderOf = (session: ModelSession): number => session.acceptedAt ?? Number.MAX_SAFE_INTEGER;

function isInTheWay(model: Model, session: ModelSession, kind: AccountKind, person: number): boolean {
  const limit = limitOf(model, kind, person);
  const window = hours(runningSlot(model), windowEnd(model));
  const booked = (name: "cores" | "gpus") =>
    window.reduce((sum, slot) => sum + used(model, kind, person, slot)[name], 0);
  const { coreHours, gpuHours } = limit;
  if (coreHours !== null && session.resources.cores > 0 && booked("cores") > coreHours) return true;
  if (gpuHours !== null && session.resources.gpus > 0 && booked("gpus") > gpuHours) return true;
  return hours(Math.max(session.from, runningSlot(model)), session.until).some((slot) => {
    const use = used(model, kind, person, slot);
    const isOver = resourceNames.some((name) => session.resources[name] > 0 && use[name] > limit[name]);
    return isOver || (kind === "platform" && model.closed.has(slot));
  });
}

async function accountOf({ universe }: Real, kind: AccountKind, person: number): Promise<string> {
  const userId = kind === "user" ? (universe.people[person]?.id ?? null) : null;
  const { id } = await database().prisma.account.findFirstOrThrow({
    where: { platformId: universe.platform.id, kind, ...(userId ? { userId } : {}) },
  });
  return String(id);
}
