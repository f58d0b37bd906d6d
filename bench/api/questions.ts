import { changeOf, firstOffer, readOf, requestOf } from "./asks.ts";
import type { Stored } from "./stored.ts";
import { type Ask, takeTurn } from "./turn.ts";

/** Something that is asked of the API again and again in a turn. */
export interface Question {
  readonly name: string;
  /** Whether what it makes is given back after each turn. */
  readonly writes?: true;
  /** Untimed: makes what a turn of at most `most` answers needs, and says what is asked. */
  readonly prepare: (stored: Stored, most: number) => Promise<(index: number) => Ask | undefined>;
}

const YEAR = 365 * 86_400_000;
/** A year of which both sizes have more than a page. */
const longAgo = () => {
  const at = (years: number) => new Date(Date.now() - years * YEAR).toISOString();
  return `from=${at(2.5)}&to=${at(1.5)}`;
};

/** The same address for the caller, or for the administrator. */
const reads = (where: () => string, who: "token" | "admin" = "token"): Question["prepare"] => {
  return async (stored) => {
    const ask = readOf(stored[who], where());
    return () => ask;
  };
};

const list = (where: string, who?: "admin"): Question => ({ name: `GET ${where}`, prepare: reads(() => where, who) });

export const questions: readonly Question[] = [
  {
    name: "GET /sessions/{uuid}",
    prepare: async ({ token, open, over }) => {
      const asks = [...open, ...over].map((id) => readOf(token, `/sessions/${id}`));
      return (index) => asks[index % asks.length];
    },
  },
  {
    name: "the same, If-None-Match: 304",
    prepare: async ({ web, token, over }) => {
      const first = over.map((id) => readOf(token, `/sessions/${id}`));
      const keep = (text: string, { etag }: { etag?: unknown }) => `${JSON.parse(text).meta.uuid} ${etag}`;
      const { kept } = await takeTurn(web.address, (index) => first[index], { seconds: 60, keep });
      const asks = kept.map((line) => {
        const [id, tag] = line.split(" ");
        return readOf(token, `/sessions/${id}`, tag);
      });
      return (index) => asks[index % asks.length];
    },
  },
  list("/slots"),
  list("/sessions"),
  list("/sessions?phase=WAITING"),
  { name: "GET /sessions?from&to, 2 years ago", prepare: reads(() => `/sessions?${longAgo()}`) },
  list("/sessions?everybody=true", "admin"),
  list("/sessions?everybody=true&phase=PREPARING", "admin"),
  list("/offersets"),
  { name: "GET /offersets?from&to, 2 years ago", prepare: reads(() => `/offersets?${longAgo()}`) },
  {
    name: "POST /requests, four offers",
    writes: true,
    prepare: async ({ token }) => {
      const ask = requestOf(token, null, 0);
      return () => ask;
    },
  },
  {
    name: "POST /sessions/{uuid}, accept",
    writes: true,
    prepare: async ({ web, token, slot }, most) => {
      const next = (index: number) => (index < most ? requestOf(token, slot, index) : undefined);
      const { kept } = await takeTurn(web.address, next, { seconds: 60, keep: firstOffer });
      const asks = kept.map((offer) => changeOf(token, offer, "ACCEPTED"));
      return (index) => asks[index];
    },
  },
];
