import type { IconName } from "#components/ui/icon.tsx";
import { phaseWords } from "#components/ui/phase-words.ts";
import { typeWords } from "#components/ui/type-words.ts";
import { heldOffers } from "#components/wizard/offer-sets.ts";
import type { CalendarView } from "#lib/api/view.ts";
import { openPhases, type Phase } from "#lib/booking/phase.ts";
import { type Millis, slotLength } from "#lib/booking/slot.ts";

/** What an event of the day is about; the component that draws it knows nothing else. */
export type EventMatter =
  | {
      readonly kind: "mine";
      readonly sessionId: string;
      readonly isOver: boolean;
      readonly icon: IconName;
      readonly state: string;
    }
  | { readonly kind: "held"; readonly offerId: string; readonly number: number }
  | { readonly kind: "load"; readonly share: number }
  | { readonly kind: "closed"; readonly why: string };

/** An event as FullCalendar takes it: times in ISO 8601 UTC. */
export interface CalendarEvent {
  readonly id: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly display: "block" | "background";
  readonly interactive: boolean;
  readonly extendedProps: { readonly matter: EventMatter };
}

const iso = (at: Millis) => new Date(at).toISOString();
const isOpen = (phase: Phase) => (openPhases as readonly Phase[]).includes(phase);
/** Of what is over, only what really stood in its time. */
const tookPlace: readonly Phase[] = ["COMPLETED", "FAILED"];

/**
 * The day as events: my bookings, the offers held for me, and behind them how much of the platform's cores is taken
 * in each slot, or that it is closed. Nothing is drawn for an empty slot.
 */
export function toCalendarEvents(view: CalendarView, now: Millis): CalendarEvent[] {
  const length = slotLength(view.platform);
  const event = (
    id: string,
    title: string,
    [start, end]: readonly [Millis, Millis],
    matter: EventMatter,
  ): CalendarEvent => {
    const isBehind = matter.kind === "load" || matter.kind === "closed";
    return {
      id,
      title,
      start: iso(start),
      end: iso(end),
      display: isBehind ? "background" : "block",
      interactive: !isBehind,
      extendedProps: { matter },
    };
  };

  const sessions = view.sessions
    .filter(({ phase }) => isOpen(phase) || tookPlace.includes(phase))
    .map((session) => {
      const { word, icon } = phaseWords[session.phase];
      const isOver = !isOpen(session.phase);
      const matter = { kind: "mine", sessionId: session.id, isOver, icon, state: word } as const;
      return event(
        `session-${session.id}`,
        typeWords[session.executable.type].word,
        [session.startsAt, session.endsAt],
        matter,
      );
    });

  const offers = heldOffers(view.offerSets, now).map(({ offer, number }) => {
    const matter = { kind: "held", offerId: offer.id, number } as const;
    return event(`offer-${offer.id}`, `offer ${number}`, [offer.startsAt, offer.endsAt], matter);
  });

  const behind = view.slots.flatMap((slot) => {
    const span = [slot.start, slot.start + length] as const;
    if (slot.closed !== null) return [event(`closed-${slot.start}`, "", span, { kind: "closed", why: slot.closed })];
    const { used, limit } = slot.accounts.platform;
    const share = limit.cores > 0 ? Math.min(1, used.cores / limit.cores) : 0;
    return share > 0 ? [event(`load-${slot.start}`, "", span, { kind: "load", share })] : [];
  });

  return [...behind, ...sessions, ...offers];
}
