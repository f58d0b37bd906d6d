import { beforeAll, expect, test } from "vitest";
import { callApi } from "#app/api/broker/testing/call-api.ts";
import { RateLimiter } from "#lib/auth/rate-limit.ts";
import { ask, firstId } from "#lib/testing/book.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { makeUniverse, personOf, type Universe } from "#lib/testing/universe.ts";

let universe: Universe;
let alice: string;
let bob: string;
const json = { "content-type": "application/json", accept: "application/json" };
const get = (where: string, token?: string) => callApi("GET", where, { headers: json, ...(token ? { token } : {}) });

beforeAll(async () => {
  universe = await makeUniverse({ people: 3 });
  [alice, bob] = [await tokenOf(personOf(universe, 0)), await tokenOf(personOf(universe, 1))];
});

test("who asks too often is told when to ask again, and nobody else is", async () => {
  const kept = globalThis as { meridianRates?: RateLimiter };
  const slow = { perSecond: 0.001, burst: 3 };
  kept.meridianRates = new RateLimiter({ read: slow, write: slow, refused: slow });
  try {
    for (let count = 0; count < 3; count++) expect((await get("/sessions", alice)).status).toBe(200);
    const refused = await get("/sessions", alice);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ status: 429, title: "Too Many Requests" });
    expect((await get("/sessions", bob)).status).toBe(200);
    // Whoever may not do it is counted as well.
    const booksOnly = await tokenOf(personOf(universe, 2), ["book"]);
    for (let count = 0; count < 3; count++) expect((await get("/sessions", booksOnly)).status).toBe(403);
    expect((await get("/sessions", booksOnly)).status).toBe(429);
    for (let count = 0; count < 3; count++) expect((await get("/sessions")).status).toBe(401);
    expect((await get("/sessions")).status).toBe(429);
  } finally {
    delete kept.meridianRates;
  }
});

test("an offer is expired from the instant it expires, whether or not anybody has noticed", async () => {
  const early = Date.now() - 10 * 60_000;
  const start = { kind: "window", from: early + 3_600_000, until: early + 20 * 3_600_000 } as const;
  const { offers } = await ask(universe, { start }, 0, early);
  const id = firstId(offers);
  const shown = await (await get(`/sessions/${id}`, alice)).json();
  expect(shown.phase).toBe("EXPIRED");
  expect(shown).not.toHaveProperty("expires");
  expect(shown.meta).not.toHaveProperty("options");
  const body = JSON.stringify({ kind: "uri:enum-value-update", path: "/phase", value: "ACCEPTED" });
  const late = await callApi("POST", `/sessions/${id}`, { token: alice, headers: json, body });
  expect(late.status).toBe(409);
  const problem = await late.json();
  expect(problem).toMatchObject({ code: "OFFER_EXPIRED", phase: "EXPIRED", allowed: [] });
  // Nothing is held for a client that would not know of it.
  const { items } = await (await get("/sessions?phase=OFFERED", alice)).json();
  expect(items).toEqual([]);
});
