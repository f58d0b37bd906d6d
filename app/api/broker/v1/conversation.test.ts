import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { callApi } from "#app/api/broker/testing/call-api.ts";
import { strictParse } from "#lib/api/broker/strict-parse.ts";
import { kinds } from "#lib/api/standard/kinds.ts";
import { offerSetResponse, scheduledExecutionSession } from "#lib/api/standard/sessions.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { ledgerDifferences, makeUniverse, personOf, type Universe } from "#lib/testing/universe.ts";

let universe: Universe;
let alice: string;
let bob: string;

beforeAll(async () => {
  universe = await makeUniverse({ people: 2 });
  alice = await tokenOf(personOf(universe, 0));
  bob = await tokenOf(personOf(universe, 1));
});

const minimal = { executable: { kind: kinds.executable.jupyterNotebook } };
const json = { "content-type": "application/json", accept: "application/json" };

const post = (where: string, body: unknown, token = alice, headers: Record<string, string> = {}) =>
  callApi("POST", where, { token, headers: { ...json, ...headers }, body: JSON.stringify(body) });
const get = async (where: string, token = alice) => (await callApi("GET", where, { token, headers: json })).json();
const update = (value: string) => ({ kind: "uri:enum-value-update", path: "/phase", value });

/** Asks, follows the redirect, and gives the offer set. */
async function offersFor(body: unknown, token = alice) {
  const response = await post("/requests", body, token);
  expect(response.status).toBe(303);
  const location = new URL(response.headers.get("location") ?? "");
  const id = location.pathname.slice(location.pathname.lastIndexOf("/") + 1);
  return get(`/offersets/${id}`, token);
}

describe("the conversation of the standard", () => {
  test("a request leads to offers, one is accepted, its siblings are rejected, and it can be cancelled", async () => {
    const set = await offersFor({ ...minimal, schedule: { requested: { duration: "PT1H" } } });
    expect(set.result).toBe("YES");
    expect(strictParse(offerSetResponse, set)).toMatchObject({ ok: true, unknown: [] });
    expect(set.offers.length).toBeGreaterThan(1);
    const [first, second] = set.offers;
    expect(first).toMatchObject({ phase: "OFFERED", kind: kinds.session.scheduled });
    expect(Date.parse(first.expires)).toBeGreaterThan(Date.now());
    expect(first.meta.options[0]).toEqual({
      kind: "uri:enum-value-option",
      path: "/phase",
      values: ["ACCEPTED", "REJECTED"],
    });
    expect(first.compute).toMatchObject({ cores: { min: 1, max: 1 }, memory: { min: 1, max: 1 } });
    expect(first.compute).not.toHaveProperty("gpus");

    const accepted = await post(`/sessions/${second.meta.uuid}`, update("ACCEPTED"));
    expect(accepted.status).toBe(200);
    const session = await accepted.json();
    expect(session.phase).toBe("ACCEPTED");
    expect(strictParse(scheduledExecutionSession, session)).toMatchObject({ ok: true, unknown: [] });
    expect(session).not.toHaveProperty("expires");
    expect((await get(`/sessions/${first.meta.uuid}`)).phase).toBe("REJECTED");
    expect((await get(`/sessions/${first.meta.uuid}`)).meta).not.toHaveProperty("options");

    const again = await post(`/sessions/${second.meta.uuid}`, update("ACCEPTED"));
    expect([again.status, (await again.json()).phase]).toEqual([200, "ACCEPTED"]);
    const cancelled = await post(`/sessions/${second.meta.uuid}`, update("CANCELLED"));
    expect([cancelled.status, (await cancelled.json()).phase]).toEqual([200, "CANCELLED"]);
    const late = await post(`/sessions/${second.meta.uuid}`, update("ACCEPTED"));
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ status: 409, phase: "CANCELLED", allowed: [] });
    expect(await ledgerDifferences(universe.platform.id)).toEqual([]);
  });

  test("a NO is an answer like any other: 303, kept, and with its reasons", async () => {
    const set = await offersFor({ ...minimal, compute: { kind: kinds.compute.simple, cores: { min: 999 } } });
    expect(set).toMatchObject({ result: "NO", kind: kinds.offerSet });
    expect(set).not.toHaveProperty("offers");
    expect(set.meta.messages.at(-1)).toMatchObject({
      kind: "urn:resource-limit",
      level: "ERROR",
      values: { path: "/compute/cores/min" },
    });
  });

  test("without asking for offers, the best there is runs at once; what cannot be is a session that failed", async () => {
    const response = await post("/direct", minimal);
    expect(response.status).toBe(303);
    const session = await response.json();
    expect(session.phase).toBe("ACCEPTED");
    expect(response.headers.get("location")).toBe(session.meta.url);
    const refused = await post("/direct", {});
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ phase: "FAILED", meta: { messages: expect.anything() } });
  });

  test("whoever says nothing of formats gets YAML, and may write it", async () => {
    const body = `executable: { kind: "${kinds.executable.jupyterNotebook}" }\nschedule: {requested: {duration: PT1H}}\n`;
    const response = await callApi("POST", "/requests", { token: alice, body: new TextEncoder().encode(body) });
    expect(response.status).toBe(303);
    expect(response.headers.get("content-type")).toBe("application/yaml; charset=utf-8");
    const text = await response.text();
    expect(text).toContain('result: "YES"');
    expect(parse(text).result).toBe("YES");
  });

  test("the same in XML, in and out", async () => {
    const body = `<offers-request><executable kind="${kinds.executable.jupyterNotebook}"/><compute kind="${kinds.compute.simple}"><cores><min>2</min></cores></compute></offers-request>`;
    const xml = { "content-type": "application/xml", accept: "application/xml" };
    const response = await callApi("POST", "/requests", { token: alice, headers: xml, body });
    expect(response.status).toBe(303);
    const text = await response.text();
    expect(text).toContain("<offers-response");
    expect(text).toContain("<execution");
    expect(text).toContain("<min>2</min>");
  });
});

describe("who may see what", () => {
  test("nobody without a token, and nobody else's", async () => {
    const session = await (await post("/direct", minimal)).json();
    const where = `/sessions/${session.meta.uuid}`;
    const anonymous = await callApi("GET", where, { headers: json });
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get("www-authenticate")).toContain("Bearer");
    const foreign = await callApi("GET", where, { token: bob, headers: json });
    expect(foreign.status).toBe(403);
    expect(JSON.stringify(await foreign.json())).not.toContain(session.meta.name);
    expect((await post(where, update("CANCELLED"), bob)).status).toBe(403);
    expect((await get(where)).phase).toBe("ACCEPTED");
  });
});
