import type { Millis } from "#lib/booking/slot.ts";
import { kinds } from "../standard/kinds.ts";
import type { Message } from "../standard/message.ts";
import type { OfferSetResponse } from "../standard/sessions.ts";
import { keptOf } from "./kept-request.ts";
import { messageItems } from "./show-messages.ts";
import { showSession } from "./show-session.ts";
import type { Looking, ShownSession } from "./shown-session.ts";

/** The answer to a request as it is stored; without offers it is a NO. */
export interface ShownAnswer {
  readonly id: string;
  readonly createdAt: Millis;
  readonly asked: object | null;
  readonly offers: readonly ShownSession[];
}

/** An offer set in the words of the standard 1.0. YES stays YES when its offers are over: their phases say what became of them. */
export function showOfferSet({ id, createdAt, asked, offers }: ShownAnswer, looking: Looking): OfferSetResponse {
  const { request, messages = [] } = keptOf(asked);
  const { name, description } = request?.meta ?? {};
  return {
    kind: kinds.offerSet,
    meta: {
      uuid: id,
      url: `${looking.baseUrl}/offersets/${id}`,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      created: new Date(createdAt).toISOString(),
      ...(messages.length === 0 ? {} : { messages: messageItems(messages, createdAt) }),
    },
    result: offers.length === 0 ? "NO" : "YES",
    ...(offers.length === 0 ? {} : { offers: offers.map((offer) => showSession(offer, looking, true)) }),
  };
}

/** A session that never was: the answer to a request to run something at once that gets a NO. */
export const showRefusal = (messages: readonly Message[], name: string | undefined, now: Millis) => ({
  kind: kinds.session.scheduled,
  meta: {
    ...(name === undefined ? {} : { name }),
    created: new Date(now).toISOString(),
    messages: messageItems(messages, now),
  },
  phase: "FAILED" as const,
});
