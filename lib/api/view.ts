import type { Capacity } from "#lib/booking/capacity.ts";
import type { ConnectorStatus } from "#lib/booking/connector.ts";
import type { Phase } from "#lib/booking/phase.ts";
import type { Refusal } from "#lib/booking/refusal.ts";
import type { Executable, ExecutionRequest } from "#lib/booking/request.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis, SlotRule } from "#lib/booking/slot.ts";
import type { OfferStrategy } from "#lib/booking/strategies.ts";
import type { WayForward } from "#lib/booking/ways-forward.ts";

/**
 * What travels to the browser. Plain JSON: times are milliseconds since 1970 UTC, so that a view can be handed from a
 * server component to a client component and through `fetch` alike. Nothing in here is secret.
 */

export interface PersonView {
  /** The name one signs in with. */
  readonly name: string;
  readonly displayName: string;
  readonly role: "scientist" | "administrator";
}

export interface PlatformView extends SlotRule {
  readonly name: string;
  readonly title: string;
  readonly limit: Resources;
  /** Whether the platform can run anything at all; `why` and `cure` are sentences. */
  readonly readiness:
    | { readonly ready: true; readonly what: string }
    | { readonly ready: false; readonly why: string; readonly cure: string };
}

export interface SessionView {
  readonly id: string;
  /** Its one name on the platform, such as `m-7f3a9c2k4q5r`. */
  readonly name: string;
  readonly phase: Phase;
  readonly platform: { readonly name: string; readonly title: string };
  readonly executable: Executable;
  readonly resources: Resources;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly acceptedAt: Millis | null;
  /** Since when the phase holds. */
  readonly phaseSince: Millis;
  /** Why it failed, was cancelled or was refused; a sentence. */
  readonly reason: string | null;
  readonly connector: ConnectorStatus | null;
}

/** One line of a session's timeline: a change of phase or a notice. */
export interface EventView {
  readonly at: Millis;
  /** `PHASE` (then `phase` holds the new one), `LINK`, `WARNED`, `RETRIED`, `RESTARTED`. */
  readonly event: string;
  readonly phase: Phase | null;
  /** Who: a person's name, or `meridian`. */
  readonly actor: string;
  readonly why: string | null;
}

export interface SessionDetailView extends SessionView {
  readonly now: Millis;
  readonly slotMinutes: number;
  readonly events: readonly EventView[];
  /** The last lines the server wrote, secrets masked. */
  readonly log: string;
  /** What of the limits the platform really enforces; sentences. */
  readonly enforced: readonly string[];
}

export interface OfferView {
  readonly id: string;
  /** For an offer that starts now: when it was made; the session starts once it is accepted. */
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly startsNow: boolean;
  readonly resources: Resources;
  readonly executable: Executable;
  readonly strategy: OfferStrategy;
  readonly expiresAt: Millis;
}

export interface OfferSetView {
  readonly id: string;
  readonly request: ExecutionRequest;
  readonly offers: readonly OfferView[];
}

export type { OfferStrategy };

/** Something that can be had instead; its `request` asks for exactly this. */
export type WayView = WayForward;

/** A "no" as the page shows it: refusals (with their fields) and ways forward. */
export interface NoView {
  readonly refusals: readonly Refusal[];
  readonly ways: readonly WayView[];
  /** What is held instead of an offer that could not be booked. */
  readonly fresh?: OfferSetView;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly no: NoView };

/** Everything the calendar page shows, for one person on one platform: what they can have there, and what they do. */
export interface CalendarView extends Capacity {
  readonly now: Millis;
  readonly person: PersonView;
  readonly project: { readonly name: string; readonly title: string };
  readonly platform: PlatformView;
  /** The person's bookings that touch the window, and those just over. */
  readonly sessions: readonly SessionView[];
  /** Live offer sets, newest first. */
  readonly offerSets: readonly OfferSetView[];
  readonly bookings: { readonly open: number; readonly limit: number };
}

export interface SessionsView {
  readonly now: Millis;
  readonly sessions: readonly SessionView[];
}
