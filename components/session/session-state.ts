import { type PhaseWords, phaseWords } from "#components/ui/phase-words.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import { type ExecutableType, hasPage, typeAsSubject, typeInWords } from "#lib/booking/executable.ts";
import { isLive } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { lasting } from "#lib/client/time-left.ts";
import { clock, clockFrom, clockInBoth, clockWithSeconds, day, type Zones, zoneName } from "#lib/client/zoned-time.ts";
import { isSilent, isStartingAgain, opensLater, shownPhase } from "./link-state.ts";
import { warningAt } from "./warnings.ts";

/** What the page says of a session in one word and one sentence. */
export interface SessionState extends PhaseWords {
  readonly sentence: string;
}

export function sessionState(session: SessionDetailView, now: Millis, zones: Zones): SessionState {
  const { startsAt: start, endsAt: end, phase } = session;
  const isEnding = isLive(phase) && warningAt({ start, end }, now) !== null;
  if (isEnding) {
    const sentence = `${endSays(session.executable.type)} ${clock(end, zones.shown)} ${zoneName(zones.shown)}; saved files stay.`;
    return { word: "Ends soon", icon: "warning", tone: "warning", sentence };
  }
  const sentence = sentenceOf(session, now, zones);
  // "Available" would say that one can go in.
  return opensLater(session, now)
    ? { ...phaseWords[phase], word: "Ready", icon: "check", sentence }
    : { ...phaseWords[shownPhase(session)], sentence };
}

/** What stands where the button will be. */
export function whenItOpens(session: SessionDetailView, now: Millis, { shown }: Zones): string {
  const { phase, startsAt } = session;
  const at = `${clockFrom(now, startsAt, shown)} ${zoneName(shown)}`;
  if (opensLater(session, now)) return `Ready, opens at ${at}`;
  if (isStartingAgain(session)) return "Starting again";
  if (isSilent(session)) return "Does not answer right now";
  return phase === "PREPARING" && now < startsAt ? `Opens at ${at}, once it answers` : "Opens when the link answers";
}

function endSays(type: ExecutableType): string {
  if (type === "notebook") return "Save your work now. Unsaved cells and running kernels go at";
  return hasPage(type)
    ? "Save your work now. What is not saved goes at"
    : "What it has not written by then is lost: it is ended at";
}

/** When the link first answered: opening the notebook begins another phase. */
const answersSince = ({ events, phaseSince }: SessionDetailView): Millis =>
  events.find(({ phase }) => phase === "AVAILABLE")?.at ?? phaseSince;

const answerSays = (type: ExecutableType): string =>
  type === "notebook" ? "Your notebook" : type === "desktop" ? "Your desktop" : typeAsSubject(type);

/** What has no page: whether it runs, and where to look. */
function runSays(session: SessionDetailView, { shown }: Zones): string {
  if (isSilent(session)) return "The platform does not run it right now; it goes on when it does.";
  const since = `${clockWithSeconds(answersSince(session), shown)} ${zoneName(shown)}`;
  return `Runs since ${since}. When it ends, what is left of its time is free again.`;
}

/** It is over here and not yet there. */
const stillThere = ({ releaseTrouble }: SessionDetailView): string =>
  releaseTrouble ? ` It could not be removed yet: ${releaseTrouble}` : "";

function sentenceOf(session: SessionDetailView, now: Millis, zones: Zones): string {
  const { phase, startsAt, endsAt, phaseSince, reason } = session;
  const { type } = session.executable;
  switch (phase) {
    case "INITIAL":
    case "OFFERED":
      return "This is an offer, not yet a booking. Decide in the calendar.";
    case "ACCEPTED":
    case "WAITING":
      if (session.needsSignIn && startsAt > now) {
        return `Starts ${day(startsAt, zones.shown)} ${clockInBoth(startsAt, zones)}, if you sign in again before.`;
      }
      return startsAt > now
        ? `Starts ${day(startsAt, zones.shown)} ${clockInBoth(startsAt, zones)}, by itself: you need not be here.`
        : `Its time has come; ${typeInWords[type]} is about to be started.`;
    case "PREPARING":
      if (session.needsSignIn) return "It cannot start without a new sign-in of yours. Sign in, and it starts at once.";
      if (now < startsAt)
        return `${lasting(now - phaseSince)} so far. It is started early, to be ready when its slot begins.`;
      return hasPage(type)
        ? `${lasting(now - phaseSince)} so far. The button appears once ${typeInWords[type]} answers.`
        : `${lasting(now - phaseSince)} so far. Its log appears once it runs.`;
    case "AVAILABLE":
    case "RUNNING":
      if (isStartingAgain(session))
        return "Starting again. The button comes back once it answers; saved files have stayed.";
      if (!hasPage(type)) return runSays(session, zones);
      if (isSilent(session)) return "Does not answer right now; the link comes back when it does.";
      if (opensLater(session, now))
        return `Started early. It opens ${clockInBoth(startsAt, zones)}, when its slot begins.`;
      return `${answerSays(type)} answers since ${clockWithSeconds(answersSince(session), zones.shown)} ${zoneName(zones.shown)}.`;
    case "RELEASING":
      return stillThere(session).trim() || `${typeAsSubject(type)} is being stopped. Everything saved stays.`;
    case "COMPLETED":
      return reason ?? `It ended ${clockInBoth(endsAt, zones)}. Everything saved has stayed.`;
    case "REJECTED":
      return reason ?? "The offer was given back.";
    case "EXPIRED":
      return reason ?? "Nobody accepted the offer in time. Nothing was booked.";
    case "FAILED":
      return `${reason ?? `${typeAsSubject(type)} could not be kept running.`} What was left of its time is free again.${stillThere(session)}`;
    case "CANCELLED":
      return `${reason ?? `Cancelled ${clockInBoth(phaseSince, zones)}. Everything saved has stayed.`}${stillThere(session)}`;
  }
}
