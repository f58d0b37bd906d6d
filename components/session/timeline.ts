import type { EventView, SessionDetailView } from "#lib/api/view.ts";
import { type ExecutableType, hasPage, typeAsSubject } from "#lib/booking/executable.ts";
import { isOver, type Phase } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { warningsOf } from "./warnings.ts";

/** One point of the line: what happened, what is, what will be. `at` is null where nobody can know. */
export interface TimelinePoint {
  readonly key: string;
  readonly state: "done" | "now" | "next";
  /** The phase it begins, when it is one. */
  readonly phase: Phase | null;
  readonly title: string;
  readonly words: string;
  readonly at: Millis | null;
  /** Whether `at` is on the second, or a time that was promised to the minute. */
  readonly isExact: boolean;
}

/** `what`: "The notebook", "CARTA". */
const phaseSays = (what: string, type: ExecutableType): Record<Phase, readonly [title: string, words: string]> => ({
  INITIAL: ["Asked", "The request reached Meridian."],
  OFFERED: ["Offered", "Held for you until you decided."],
  ACCEPTED: ["Booked", "The offer was accepted; the hold became a booking."],
  WAITING: ["Waiting", `${what} starts by itself, at its time.`],
  PREPARING: ["Preparing", `${what} is being started.`],
  AVAILABLE: hasPage(type) ? ["Available", "The link answered."] : ["Running", `${what} runs.`],
  RUNNING: ["Running", `${what} was opened.`],
  RELEASING: ["Releasing", `${what} is being stopped.`],
  COMPLETED: ["Released", `${what} is gone; what it took is free for others.`],
  REJECTED: ["Released", "The offer was given back."],
  EXPIRED: ["Expired", "Nobody accepted the offer in time."],
  FAILED: ["Failed", "It could not go on."],
  CANCELLED: ["Cancelled", "What it took is free for others."],
});

/** What its owner changed: the page speaks to its owner, and the audit about them. */
const changeSays: Record<string, readonly [title: string, words: string]> = {
  EXTENDED: ["Extended", "You gave it more time at its end."],
  SHORTENED: ["Shortened", "You gave back time at its end; that is free for others."],
  MOVED: ["Moved", "You gave it another start; the old time is free for others."],
};

const noticeSays: Record<string, readonly [title: string, words: string]> = {
  LINK: ["Link", "The link changed."],
  WARNED: ["Warned", "You were told that the end is near."],
  RESTARTED: ["Starting again", "It had ended; Meridian starts it again."],
  IDLE: ["Not used", "Nothing was computed for a while."],
  RETRIED: ["Tried again", "Starting it did not work at first."],
};

/** The line of a session at `now`: its events in order, the last change of phase as "now", then what is to come. */
export function timeline(session: SessionDetailView, now: Millis): TimelinePoint[] {
  const events = session.events.filter(({ phase }) => !isSilent(phase)).toSorted((a, b) => a.at - b.at);
  const current = isOver(session.phase) ? -1 : events.findLastIndex(({ phase }) => phase !== null);
  const past = events.map((event, index): TimelinePoint => {
    const [title, words] = says(event, session.executable.type);
    return {
      key: `${index} ${event.event} ${event.phase ?? ""}`,
      state: index === current ? "now" : "done",
      phase: event.phase,
      title,
      words: event.event in changeSays ? words : (event.why ?? words),
      at: event.at,
      isExact: true,
    };
  });
  return [...past, ...(isOver(session.phase) ? [] : toCome(session, now))];
}

/** Not shown: nobody has seen a request that is being read, and "Booked" says already that it waits for its time. */
const isSilent = (phase: Phase | null): boolean => phase === "INITIAL" || phase === "WAITING";

function says({ phase, event }: EventView, type: ExecutableType): readonly [title: string, words: string] {
  if (phase !== null) return phaseSays(typeAsSubject(type), type)[phase];
  return changeSays[event] ?? noticeSays[event] ?? [event.charAt(0) + event.slice(1).toLowerCase(), ""];
}

function toCome(session: SessionDetailView, now: Millis): TimelinePoint[] {
  const { phase, startsAt, endsAt } = session;
  const { type } = session.executable;
  const what = typeAsSubject(type);
  const next = (title: string, words: string, at: Millis | null): TimelinePoint => ({
    key: `next ${title}`,
    state: "next",
    phase: null,
    title,
    words,
    at,
    isExact: false,
  });
  if (phase === "RELEASING") return [next("Released", "What it took is free for others.", null)];

  const isBefore = phase === "ACCEPTED" || phase === "WAITING" || phase === "OFFERED";
  const points: TimelinePoint[] = [];
  if (isBefore) points.push(next("Preparing", `${what} is started.`, startsAt));
  if (isBefore || phase === "PREPARING")
    points.push(
      hasPage(type)
        ? next("Available", "Once the link answers, the button opens it.", null)
        : next("Running", "Its log appears once it runs.", null),
    );
  if (now < startsAt && (phase === "PREPARING" || phase === "AVAILABLE") && hasPage(type)) {
    points.push(next("Opens", "Its slot begins.", startsAt));
  }
  for (const { minutes, at } of warningsOf({ start: startsAt, end: endsAt })) {
    if (at > now) points.push(next(`Warning, ${minutes} minutes`, "In this page.", at));
  }
  points.push(next("Released", `${what} ends; what it took is free for others.`, endsAt));
  return points;
}
