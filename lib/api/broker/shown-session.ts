import type { ConnectorStatus } from "#lib/booking/connector.ts";
import type { Executable } from "#lib/booking/executable.ts";
import { isLive, type Phase } from "#lib/booking/phase.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";

/** What has to be known of a session to show it in the words of the standard. Times in milliseconds. */
export interface ShownSession {
  readonly id: string;
  readonly name: string;
  readonly offerSetId: string;
  readonly platform: { readonly title: string; readonly settings: unknown };
  readonly prepareSeconds: number;
  readonly user: { readonly id: string };
  readonly createdAt: Millis;
  readonly asked: object | null;
  readonly position: number;
  readonly executable: Executable;
  readonly resources: Resources;
  readonly phase: Phase;
  readonly phaseSince: Millis;
  readonly spanSince: Millis | null;
  readonly reason: string | null;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly startsNow: boolean;
  readonly expiresAt: Millis;
  readonly releasedAt: Millis | null;
  readonly connector: ConnectorStatus | null;
  readonly note: string | null;
  readonly isCovered: boolean;
  readonly releaseTrouble: string | null;
  readonly slotMinutes: number;
}

/** Who looks, and from where: what is secret, or theirs to decide, is for the owner only. */
export interface Looking {
  readonly userId: string;
  /** The public address of the API, without a slash at its end. */
  readonly baseUrl: string;
  /** The public address of the pages. */
  readonly siteUrl: string;
  readonly now: Millis;
}

/**
 * The phase on the wire. An offer is EXPIRED at the instant it expires, whenever the worker gets round to it. A session that its
 * owner has opened stays AVAILABLE: clients wait for that phase, and RUNNING says nothing more to them. One that was started
 * early, and can be used from its hour on, is still PREPARING.
 */
export function shownPhase({ phase, expiresAt, startsAt }: ShownSession, now: Millis): Phase {
  if (phase === "OFFERED" && now >= expiresAt) return "EXPIRED";
  if (isLive(phase)) return now < startsAt ? "PREPARING" : "AVAILABLE";
  return phase;
}

/** When its phase on the wire changes by the clock alone: an offer expires, what was started early can be used. Null: never. */
function turnsAt({ phase, expiresAt, startsAt }: ShownSession): Millis | null {
  if (phase === "OFFERED") return expiresAt;
  return isLive(phase) ? startsAt : null;
}

/** The same, while it is still to come. */
export function nextTurn(session: ShownSession, now: Millis): Millis | null {
  const at = turnsAt(session);
  return at !== null && at > now ? at : null;
}

/** When something that is shown of it changed last. */
export function modifiedAt(session: ShownSession, now: Millis): Millis {
  const { createdAt, phaseSince, spanSince } = session;
  const turned = turnsAt(session) ?? 0;
  return Math.max(createdAt, phaseSince, spanSince ?? 0, turned <= now ? turned : 0);
}

/** Under which phases sessions may be stored that are shown in one of these. */
export function storedPhases(shown: readonly Phase[]): Phase[] {
  const stored: Partial<Record<Phase, readonly Phase[]>> = {
    EXPIRED: ["EXPIRED", "OFFERED"],
    PREPARING: ["PREPARING", "AVAILABLE", "RUNNING"],
    AVAILABLE: ["AVAILABLE", "RUNNING"],
    RUNNING: [],
  };
  return [...new Set(shown.flatMap((phase) => stored[phase] ?? [phase]))];
}
