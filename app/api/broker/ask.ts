import { misfitProblem } from "#lib/api/broker/misfit-problem.ts";
import { type Plan, planRequest } from "#lib/api/broker/plan-request.ts";
import { type Asked, readRequest } from "#lib/api/broker/read-request.ts";
import { refusalMessage } from "#lib/api/broker/refusal-message.ts";
import { wayMessage } from "#lib/api/broker/way-message.ts";
import type { ProblemDetails } from "#lib/api/standard/extensions.ts";
import { isAcceptable, type Message } from "#lib/api/standard/message.ts";
import type { Result } from "#lib/booking/refusal.ts";
import { type BookingPlace, bookingPlaces } from "#lib/broker/read-calendar.ts";
import type { NoFrom, Try } from "#lib/broker/request-anywhere.ts";
import type { Call } from "./handle.ts";

/** A request that was understood, and where it can be asked; no tries: it is impossible, and the messages say why. */
export interface ToAsk {
  readonly asked: Asked;
  readonly tries: readonly Try[];
  readonly messages: readonly Message[];
}

/** Reads a request and plans it for every place its caller may book in, or for those the address names. */
export async function toAsk({ caller, url, now }: Call, body: unknown): Promise<Result<ToAsk, ProblemDetails>> {
  const read = readRequest(body);
  if (!read.ok) {
    return { ok: false, error: misfitProblem(read.error, now) };
  }
  const asked = read.value;
  const [platform, project] = [url.searchParams.get("platform"), url.searchParams.get("project")];
  // No name has that character, and the database cannot be asked for it.
  const all = project?.includes("\0") ? [] : await bookingPlaces(caller.person.id, project);
  const places = all.filter((place) => platform === null || place.platform.name === platform);
  if (places.length === 0)
    return { ok: true, value: { asked, tries: [], messages: [...asked.messages, nowhere(url)] } };
  if (!isAcceptable(asked.messages)) return { ok: true, value: { asked, tries: [], messages: asked.messages } };
  const plans: (Plan & { place: BookingPlace })[] = places.map((place) => ({
    place,
    ...planRequest(asked, place.platform, now),
  }));
  const tries = plans.filter(({ requests }) => requests.length > 0);
  return {
    ok: true,
    // What a platform would have done is of no interest when it does nothing.
    value: {
      asked,
      tries,
      messages: [...asked.messages, ...plans.flatMap(({ messages }) => messages.filter(isSerious))],
    },
  };
}

const isSerious = ({ level }: Message): boolean => level !== "INFO";

const nowhere = ({ searchParams }: URL): Message => {
  const named = searchParams.has("platform") || searchParams.has("project");
  const sentence = named
    ? "You have no project of that name on a platform of that name."
    : "You are in no project that may book on a platform.";
  return { kind: "urn:not-allowed", level: "ERROR", template: "{sentence}", values: { sentence } };
};

/** What to say to a NO: what was said of the request, why each place had no offer, and what could be had there instead. */
export const messagesOfNo = ({ messages }: ToAsk, noes: readonly NoFrom[]): Message[] => [
  ...messages,
  ...noes.flatMap(({ place: { platform }, refusals, ways }) => [
    ...refusals.map((refusal) => refusalMessage(refusal, platform.title)),
    ...ways.map((way) => wayMessage(way, platform.title)),
  ]),
];
