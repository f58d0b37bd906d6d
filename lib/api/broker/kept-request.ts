import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";

/** What was asked and what was said to it: stored with the offers, and given back in them. */
export interface KeptRequest {
  readonly request: StandardRequest;
  readonly messages: readonly Message[];
}

/** What is kept of a request, as it was checked before it was stored; nothing when a page asked. */
export const keptOf = (asked: object | null): Partial<KeptRequest> => (asked ?? {}) as Partial<KeptRequest>;
