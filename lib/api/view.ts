import type { AccountKind, Capacity } from "#lib/booking/capacity.ts";
import type { PlatformChoices } from "#lib/booking/choices.ts";
import type { ConnectorStatus } from "#lib/booking/connector.ts";
import type { Phase } from "#lib/booking/phase.ts";
import type { Refusal } from "#lib/booking/refusal.ts";
import type { Executable, ExecutionRequest } from "#lib/booking/request.ts";
import type { ResourceName, Resources } from "#lib/booking/resources.ts";
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

/** Whether a platform can run anything at all; `why` and `cure` are sentences. `isPassing`: booking goes on all the same. */
export type ReadinessView =
  | { readonly ready: true; readonly what: string }
  | { readonly ready: false; readonly why: string; readonly cure: string; readonly isPassing?: boolean | undefined };

export interface PlatformView extends SlotRule {
  readonly name: string;
  readonly title: string;
  readonly limit: Resources;
  /** One environment and nothing to choose; otherwise `needsImage` says whether there is no session without an image. */
  readonly onlyNotebooks: boolean;
  readonly needsImage: boolean;
  /** What may be asked for, as the platform said at `choicesAt`; null: not known (yet). */
  readonly choices: PlatformChoices | null;
  readonly choicesAt: Millis | null;
  /** Whether it could not be asked since. */
  readonly areChoicesStale: boolean;
  readonly readiness: ReadinessView;
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
  /** What one waits for until its link answers, a sentence of its platform; null: nothing special, or nothing is waited for. */
  readonly note: string | null;
  /** The repetition it belongs to; `nextAt`: the next time that will be booked, null when it goes on no more. */
  readonly series: {
    readonly id: string;
    readonly every: "day" | "week";
    readonly nextAt: Millis | null;
    /** Why the last time that was tried could not be booked; null when it could. */
    readonly trouble: string | null;
  } | null;
  /** Whether nothing is held that is good until its end: it needs a new sign-in of its owner. */
  readonly needsSignIn: boolean;
  /** Why it is still on its platform although it is over; null where that is not so. */
  readonly releaseTrouble: string | null;
  /** When it will be released because nobody computes in it; null while it is used. */
  readonly idleEndsAt: Millis | null;
}

/** One line of a session's timeline: a change of phase or a notice. */
export interface EventView {
  readonly at: Millis;
  /** `PHASE` (then `phase` holds the new one), `LINK`, `WARNED`, `RETRIED`, `RESTARTED`, `IDLE`, `EXTENDED`, `SHORTENED`, `MOVED`. */
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
  /** How it can be changed now, in whole slots: by how many it could be extended and shortened at the most. */
  readonly changes: { readonly extend: number; readonly shorten: number; readonly move: boolean };
  /** What is wrong with its platform now; null when nothing is, or nobody knows. */
  readonly trouble: { readonly why: string; readonly cure: string } | null;
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

/** A place in the waiting list. */
export interface WaitView {
  readonly id: string;
  readonly request: ExecutionRequest;
  readonly joinedAt: Millis;
  /** Until when it is waited for: the last start that was asked for. */
  readonly until: Millis;
  /** The set of offers that was made for it, to be accepted before it expires; null: still waiting. */
  readonly offerSetId: string | null;
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
  /** What they have of what they may have at once; null: no such cap. */
  readonly bookings: { readonly open: number; readonly limit: number | null };
  readonly heldSets: { readonly live: number; readonly limit: number | null };
  /** What they wait for on this platform, in the order they joined. */
  readonly waits: readonly WaitView[];
  /** The other platforms that they can book on. */
  readonly others: readonly { readonly name: string; readonly title: string }[];
}

/** A provider of sign-ins, as the configuration names it. */
export interface ProviderView {
  readonly name: string;
  readonly title: string;
  readonly kind: "oidc" | "cadc";
}

/** What Meridian holds of one sign-in, and what for; nothing of what is sealed. */
export interface CredentialView {
  readonly provider: ProviderView;
  /** Who they are there; null: they never signed in with it. */
  readonly knownAs: string | null;
  /** Titles of the platforms on which Meridian acts with it. */
  readonly platforms: readonly string[];
  /** Null: nothing is held. */
  readonly held: {
    readonly since: Millis;
    /** Until then it is good; null: as long as the provider renews it. */
    readonly expiresAt: Millis | null;
    /** When the provider last showed that it is good. */
    readonly provenAt: Millis;
    /** When it will be deleted if nothing more is booked; null while something needs it. */
    readonly deletedAt: Millis | null;
    /** Why it is not good any more; null while it is. */
    readonly deadWhy: string | null;
    readonly withdrawnAt: Millis | null;
    /** Bookings that have not begun; what runs; repetitions and waiting lists. */
    readonly coming: number;
    readonly running: number;
    readonly awaited: number;
  } | null;
}

/** A session that cannot begin, or be ended, before its owner has signed in again. */
export interface MissingSignInView {
  readonly provider: Pick<ProviderView, "name" | "title">;
  readonly sessionId: string;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  /** Whether it runs, or did: then it is its end that needs the sign-in. */
  readonly isStarted: boolean;
}

export interface CredentialsView {
  readonly now: Millis;
  readonly credentials: readonly CredentialView[];
  /** The earliest first. */
  readonly missing: readonly MissingSignInView[];
}

export interface SessionsView {
  readonly now: Millis;
  readonly sessions: readonly SessionView[];
}

/** Everything that limits an account; null: no such limit. Hours are over the window. */
export interface LimitsView extends Resources {
  readonly coreHours: number | null;
  readonly gpuHours: number | null;
  readonly openBookings: number | null;
  readonly offerSets: number | null;
}

/** An account with what is used of it in the window, and what is closed, later too; other slots are left out. */
export interface AccountView {
  readonly id: string;
  readonly kind: AccountKind;
  readonly owner: { readonly name: string; readonly title: string };
  readonly limits: LimitsView;
  readonly slots: readonly {
    readonly start: Millis;
    readonly closed: string | null;
    readonly used: Resources;
    readonly limit: Resources;
  }[];
}

/** A session that is over and could not be removed from its platform yet. */
export interface LeftOverView {
  readonly id: string;
  readonly name: string;
  readonly platform: string;
  readonly user: string;
  readonly since: Millis;
  readonly trouble: string;
  /** When the platform is asked again. */
  readonly againAt: Millis | null;
}

/** What an administrator sees. */
export interface AdminView {
  readonly now: Millis;
  /** Over, and still there; the oldest first. */
  readonly leftOvers: readonly LeftOverView[];
  readonly platforms: readonly (SlotRule & {
    readonly name: string;
    readonly title: string;
    readonly readiness: ReadinessView;
    /** The platform's own account first, then projects, then users. */
    readonly accounts: readonly AccountView[];
  })[];
}

/** A session that a change of limits touches. */
export interface TouchedSessionView extends Resources {
  readonly id: string;
  readonly user: string;
  readonly project: string;
  readonly phase: Phase;
  readonly acceptedAt: Millis | null;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
}

/** Exactly what a change of limits would do, or did. */
export interface LimitPreviewView {
  readonly before: LimitsView;
  readonly after: LimitsView;
  /** Slots that are closed (with the reason) or opened (null). */
  readonly closings: readonly { readonly slot: Millis; readonly closed: string | null }[];
  /** Held offers and bookings that go, in that order. */
  readonly cancelled: readonly TouchedSessionView[];
  /** Bookings that are kept although they do not fit. */
  readonly honoured: readonly TouchedSessionView[];
  /** What remains above the limit. */
  readonly over: readonly { readonly start: Millis; readonly resource: ResourceName; readonly by: number }[];
  /** By how many hours the window stays above the budget. */
  readonly overBudget: readonly { readonly resource: "cores" | "gpus"; readonly byHours: number }[];
  /** What is used in each slot now, where anything is. */
  readonly slots: readonly { readonly start: Millis; readonly used: Resources; readonly closed: boolean }[];
  /** Goes back with the change to apply it: refused when anything changed since. */
  readonly seen: string;
}
