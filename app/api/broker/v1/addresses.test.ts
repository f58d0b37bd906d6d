import { beforeAll, describe, expect, test } from "vitest";
import { GET as open } from "#app/(broker)/sessions/[id]/open/route.ts";
import { callApi } from "#app/api/broker/testing/call-api.ts";
import { readInterval } from "#lib/api/iso8601/read-interval.ts";
import { kinds } from "#lib/api/standard/kinds.ts";
import { readAccessToken } from "#lib/auth/access-token.ts";
import { newSecret } from "#lib/auth/token-secret.ts";
import { withdrawAccessToken } from "#lib/broker/withdraw-access-token.ts";
import { database } from "#lib/db/client.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { makeUniverse, personOf, type Universe } from "#lib/testing/universe.ts";

let universe: Universe;
let alice: string;

beforeAll(async () => {
  universe = await makeUniverse({ people: 1 });
  alice = await tokenOf(personOf(universe, 0));
});

const json = { "content-type": "application/json", accept: "application/json" };
const minimal = { executable: { kind: kinds.executable.jupyterNotebook } };
const call = (method: string, where: string, body?: unknown, headers: Record<string, string> = {}) =>
  callApi(method, where, {
    token: alice,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
const get = async (where: string) => (await call("GET", where)).json();
const booked = async () => (await call("POST", "/direct", minimal)).json();
const accept = { kind: "uri:enum-value-update", path: "/phase", value: "ACCEPTED" };
const lastPart = (address: string | null) => address?.slice(address.lastIndexOf("/") + 1) ?? "";

describe("a POST with an Idempotency-Key", () => {
  test("is answered once: the same again gets the first answer, and nothing is done twice", async () => {
    const headers = { "idempotency-key": "once" };
    const first = await call("POST", "/direct", minimal, headers);
    const again = await call("POST", "/direct", minimal, headers);
    expect([first.status, again.status]).toEqual([303, 303]);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(await again.text()).toBe(await first.text());
    const other = await call("POST", "/direct", { ...minimal, schedule: {} }, headers);
    expect([other.status, (await other.json()).code]).toEqual([422, "KEY_REUSED"]);
  });

  test("sent many times at once does its work once", async () => {
    const headers = { "idempotency-key": "at once" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => call("POST", "/direct", minimal, headers)));
    const made = answers.filter(({ status }) => status === 303);
    expect(new Set(made.map((answer) => answer.headers.get("location"))).size).toBe(1);
    for (const { status } of answers) expect([303, 409]).toContain(status);
  });

  test("is the same under its older name and in its older shape", async () => {
    const request = { "idempotency-key": "older request" };
    const [first, again] = [
      await call("POST", "/requests", minimal, request),
      await call("POST", "/offersets", minimal, request),
    ];
    expect([again.status, again.headers.get("location")]).toEqual([303, first.headers.get("location")]);
    const { meta } = await booked();
    const update = { "idempotency-key": "older update" };
    const state = (word: string) =>
      call("POST", `/execution/${meta.uuid}/state`, word, { ...update, "content-type": "text/plain" });
    expect((await state("CANCELLED")).status).toBe(303);
    expect((await state("CANCELLED")).status).toBe(303);
    expect((await state("ACCEPTED")).status).toBe(422);
  });

  test("has a key that can be one", async () => {
    expect((await call("POST", "/direct", minimal, { "idempotency-key": "x".repeat(256) })).status).toBe(400);
  });
});

describe("what was read before", () => {
  test("is not sent again while it is the same, and is when it changed", async () => {
    const { meta } = await booked();
    const first = await call("GET", `/sessions/${meta.uuid}`);
    const etag = first.headers.get("etag") ?? "";
    const same = await call("GET", `/sessions/${meta.uuid}`, undefined, { "if-none-match": `"other", W/${etag}` });
    expect([same.status, await same.text()]).toEqual([304, ""]);
    await call("POST", `/sessions/${meta.uuid}`, { ...accept, value: "CANCELLED" });
    const changed = await call("GET", `/sessions/${meta.uuid}`, undefined, { "if-none-match": etag });
    expect([changed.status, (await changed.json()).phase]).toEqual([200, "CANCELLED"]);
  });
});

describe("lists", () => {
  test("show everything of one's own once, page by page, the newest first, without links", async () => {
    for (let count = 0; count < 5; count++) await booked();
    const seen: string[] = [];
    let where: string | undefined = "/sessions?limit=2&phase=ACCEPTED";
    while (where) {
      const response = await call("GET", where);
      const page: { items: { meta: { uuid: string }; phase: string }[]; next?: string } = await response.json();
      expect(page.items.length).toBeLessThanOrEqual(2);
      for (const item of page.items) expect(item.phase).toBe("ACCEPTED");
      seen.push(...page.items.map(({ meta }) => meta.uuid));
      if (page.next) expect(response.headers.get("link")).toBe(`<${page.next}>; rel="next"`);
      where = page.next?.slice(page.next.indexOf("/sessions"));
    }
    expect(seen.length).toBeGreaterThanOrEqual(5);
    expect(new Set(seen).size).toBe(seen.length);
    expect([...seen].sort().reverse()).toEqual(seen);
  });

  test("of two phases, and of a phase named twice, leave nothing out", async () => {
    for (let count = 0; count < 3; count++) await booked();
    const twice = await get("/sessions?limit=2&phase=ACCEPTED&phase=ACCEPTED");
    expect(twice.items).toHaveLength(2);
    expect(twice.next).toBeDefined();
  });

  test("of a time have what starts then", async () => {
    const { meta, schedule } = await booked();
    const [start] = schedule.available.start.split("/");
    const next = new Date(Date.parse(start) + 1000).toISOString();
    const uuids = async (query: string) =>
      (await get(`/sessions?limit=100&${query}`)).items.map((item: { meta: { uuid: string } }) => item.meta.uuid);
    expect(await uuids(`from=${start}&to=${next}`)).toContain(meta.uuid);
    expect(await uuids(`from=${next}`)).not.toContain(meta.uuid);
    expect(await uuids(`to=${start}`)).not.toContain(meta.uuid);
    expect(await uuids("from=2099-01-01T00:00:00Z")).toEqual([]);
  });

  test("of offer sets have YES and NO", async () => {
    await call("POST", "/requests", {});
    await call("POST", "/requests", minimal);
    const { items } = await get("/offersets?limit=2");
    expect(items.map(({ result }: { result: string }) => result)).toEqual(["YES", "NO"]);
  });

  test.each([
    "/sessions?phase=ASLEEP",
    "/sessions?limit=0",
    "/sessions?limit=many",
    "/sessions?cursor=x",
    "/sessions?from=yesterday",
    "/offersets?to=2026-13-01T00:00:00Z",
    "/sessions?everybody=maybe",
    "/offersets?phase=OFFERED",
  ])("%s is refused with the parameter named", async (where) => {
    const response = await call("GET", where);
    expect(response.status).toBe(400);
    expect((await response.json()).detail).toContain(/\?(\w+)/.exec(where)?.[1]);
  });

  test("of everybody are for administrators, who see no links", async () => {
    expect((await call("GET", "/sessions?everybody=true")).status).toBe(403);
    const admin = personOf(await makeUniverse({ people: 1 }), 0);
    await database().prisma.user.update({ where: { id: admin.id }, data: { role: "administrator" } });
    const token = await tokenOf(admin);
    const { meta } = await booked();
    for (const query of ["", "&phase=ACCEPTED", "&phase=ACCEPTED&phase=COMPLETED"]) {
      const response = await callApi("GET", `/sessions?everybody=true&limit=100${query}`, { token, headers: json });
      const { items } = await response.json();
      expect(items.map((item: { meta: { uuid: string } }) => item.meta.uuid)).toContain(meta.uuid);
      expect(JSON.stringify(items)).not.toContain("/open");
    }
    const none = await callApi("GET", "/sessions?everybody=true&phase=RUNNING", { token, headers: json });
    expect((await none.json()).items).toEqual([]);
  });
});

describe("components", () => {
  test("are where their meta.url says, the same as in the session", async () => {
    const session = await booked();
    for (const component of [session.executable, session.compute]) {
      const { pathname } = new URL(component.meta.url);
      expect(await get(pathname.replace("/api/broker/v1", ""))).toEqual(component);
    }
    expect((await call("GET", `/data/${session.compute.meta.uuid}`)).status).toBe(404);
    expect((await call("GET", `/compute/${session.meta.uuid}`)).status).toBe(404);
    expect((await call("GET", `/planets/${session.compute.meta.uuid}`)).status).toBe(404);
  });
});

test("the slots say what could still be had", async () => {
  const before = await get("/slots");
  const [platform] = before.platforms;
  expect(platform).toMatchObject({
    platform: universe.platform.name,
    slot: "PT1H",
    total: { cores: 8, memory: 32, gpus: 1 },
  });
  expect(platform.slots).toHaveLength(24);
  await call("POST", "/direct", { ...minimal, schedule: { requested: { duration: "PT5H" } } });
  const after = (await get("/slots")).platforms[0];
  expect(after.slots[3].free.cores).toBe(platform.slots[3].free.cores - 1);
  expect((await call("GET", "/slots?platform=nowhere")).status).toBe(404);
});

test("where it is to run, and what it counts for, can be named", async () => {
  const name = encodeURIComponent(universe.platform.name);
  const answer = async (query: string) => {
    const asked = await call("POST", `/requests?${query}`, minimal);
    return get(`/offersets/${lastPart(asked.headers.get("location"))}`);
  };
  expect((await answer(`platform=${name}&project=project-${universe.projectId}`)).result).toBe("YES");
  expect(await answer("platform=nowhere")).toMatchObject({ result: "NO", meta: { messages: expect.anything() } });
  expect((await answer("project=nobody")).result).toBe("NO");
  expect((await answer("project=%00")).result).toBe("NO");
});

test("the length of a booking is changed by whole slots, as its options say", async () => {
  const { meta, schedule } = await booked();
  const delta = { kind: "uri:integer-delta-update", path: "/schedule/available/duration", units: "slots" };
  expect(meta.options).toContainEqual(expect.objectContaining({ kind: "uri:integer-delta-option", path: delta.path }));
  const longer = await call("POST", `/sessions/${meta.uuid}`, { ...delta, delta: 2 });
  const { schedule: now } = await longer.json();
  expect(Date.parse(now.releasing.start) - Date.parse(schedule.releasing.start)).toBe(2 * 3_600_000);
  expect((await call("POST", `/sessions/${meta.uuid}`, { ...delta, delta: -2 })).status).toBe(200);
  const far = await call("POST", `/sessions/${meta.uuid}`, { ...delta, delta: 99 });
  expect([far.status, (await far.json()).detail]).toEqual([409, expect.stringContaining("slots at the most")]);
});

test("what is old or unknown in an update is done all the same, and said", async () => {
  const { meta } = await booked();
  const older = { type: "urn:enum-value-update", path: "state", value: "CANCELLED", colour: "red" };
  const { phase, meta: now } = await (await call("POST", `/sessions/${meta.uuid}`, older)).json();
  expect(phase).toBe("CANCELLED");
  const kinds = now.messages.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toContain("urn:deprecated-input");
  expect(kinds).toContain("urn:unknown-field");
});

describe("an update that makes no sense", () => {
  test.each([
    ["another kind", { kind: "urn:wish", path: "/phase", value: "ACCEPTED" }, 422],
    ["another path", { ...accept, path: "/colour" }, 422],
    ["a phase that there is not", { ...accept, value: "ASLEEP" }, 422],
    ["a phase that is not the owner's to choose", { ...accept, value: "FAILED" }, 409],
    [
      "text for a number",
      { kind: "uri:integer-delta-update", path: "/schedule/available/duration", delta: "two" },
      400,
    ],
    [
      "other units",
      { kind: "uri:integer-delta-update", path: "/schedule/available/duration", delta: 1, units: "weeks" },
      422,
    ],
    ["nothing", {}, 400],
  ])("%s", async (_, body, status) => {
    const { meta } = await booked();
    const response = await call("POST", `/sessions/${meta.uuid}`, body);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect((await get(`/sessions/${meta.uuid}`)).phase).toBe("ACCEPTED");
  });
});

describe("what older clients call it", () => {
  test.each(["/offersets", "/offerset", "/request", "/broker/request"])("POST %s asks for offers", async (where) => {
    const response = await call("POST", where, minimal);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toMatch(/\/api\/broker\/v1\/offersets\/[0-9a-f-]{36}$/);
  });

  test("POST /sessions runs something at once", async () => {
    expect((await (await call("POST", "/sessions", minimal)).json()).phase).toBe("ACCEPTED");
  });

  test.each(["executions", "execution", "offers", "offer", "broker/offers"])(
    "%s/{uuid} is a session",
    async (older) => {
      const asked = await call("POST", "/requests", minimal);
      const { offers } = await get(`/offerset/${lastPart(asked.headers.get("location"))}`);
      const { uuid } = offers[0].meta;
      expect((await get(`/${older}/${uuid}`)).meta.uuid).toBe(uuid);
      const accepted = await call("POST", `/${older}/${uuid}`, {
        update: { type: "urn:enum-value-update", path: "state", value: "ACCEPTED" },
      });
      expect((await accepted.json()).phase).toBe("ACCEPTED");
    },
  );

  test("the phase alone, as text, is an update; the answer leads to the session", async () => {
    const { meta } = await booked();
    const response = await call("POST", `/execution/${meta.uuid}/state`, "CANCELLED", { "content-type": "text/plain" });
    expect([response.status, response.headers.get("location")]).toEqual([303, meta.url]);
    expect((await get(`/sessions/${meta.uuid}`)).phase).toBe("CANCELLED");
  });
});

describe("everything else", () => {
  test.each([
    ["PUT", "/requests"],
    ["GET", "/direct"],
    ["DELETE", "/sessions"],
    ["PATCH", "/slots"],
  ])("%s %s is not allowed, and what is, is said", async (method, where) => {
    const response = await call(method, where);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toMatch(/GET|POST/);
    expect(await response.json()).toMatchObject({ status: 405, instance: `/api/broker/v1${where}` });
    const options = await call("OPTIONS", where);
    expect([options.status, options.headers.get("allow")]).toEqual([204, response.headers.get("allow")]);
  });

  test.each([
    ["/requests", "POST, OPTIONS"],
    ["/sessions/00000000-0000-0000-0000-000000000000", "GET, POST, HEAD, OPTIONS"],
    ["/availability", "GET, HEAD, OPTIONS"],
  ])("%s has %s", async (where, methods) => {
    expect((await call("OPTIONS", where)).headers.get("allow")).toBe(methods);
  });

  test("what is wrong with an address or a body is told with its place, where that is known", async () => {
    const limit = await (await call("GET", "/sessions?limit=0")).json();
    expect(limit).toMatchObject({ status: 400, parameter: "limit", instance: "/api/broker/v1/sessions" });
    const name = await (await call("POST", "/requests", '{"executable":{"kind":"x","constructor":1}}')).json();
    expect(name).toMatchObject({ status: 400, path: "/executable/constructor" });
  });

  test("an address that there is not is a problem too", async () => {
    for (const where of ["", "/", "/telescopes", "/telescopes/of/ours"]) {
      const response = await call("GET", where);
      expect([response.status, (await response.json()).title]).toEqual([404, "Not Found"]);
    }
  });

  test("formats that nobody has are refused in both directions", async () => {
    expect((await call("POST", "/requests", minimal, { "content-type": "text/csv" })).status).toBe(415);
    expect((await call("GET", "/slots", undefined, { accept: "text/html" })).status).toBe(406);
    expect((await call("POST", "/requests", " ".repeat(1024 * 1024 + 1))).status).toBe(413);
    expect((await call("POST", "/requests", "{")).status).toBe(400);
  });

  test("the VO sees that the service is there, without a token", async () => {
    const availability = await callApi("GET", "/availability");
    expect(await availability.text()).toContain("<available>true</available>");
    const capabilities = await (await callApi("GET", "/capabilities")).text();
    expect(capabilities).toContain('standardID="ivo://ivoa.net/std/VOSI#availability"');
    expect(capabilities).toContain("/api/broker/v1/availability</accessURL>");
    // As the document says: a bearer token, and nothing else.
    expect(capabilities.match(/<securityMethod [^>]*>/g)).toEqual([
      '<securityMethod standardID="ivo://ivoa.net/sso#OAuth"/>',
    ]);
  });
});

test("to ask only for the head of the events opens no stream", async () => {
  const { meta } = await booked();
  const heads = await Promise.all(Array.from({ length: 30 }, () => call("HEAD", `/sessions/${meta.uuid}/events`)));
  for (const { status, body, headers } of heads) {
    expect([status, body, headers.get("content-type")]).toEqual([200, null, "text/event-stream"]);
  }
  const response = await call("GET", `/sessions/${meta.uuid}/events`);
  expect(response.status).toBe(200);
  await response.body?.cancel();
});

test("a session that was made longer was modified then", async () => {
  const later = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 7 * 3_600_000).toISOString();
  const schedule = { requested: { duration: "PT1H", start: `${later}/PT1H` } };
  const { meta } = await (await call("POST", "/direct", { ...minimal, schedule })).json();
  const delta = { kind: "uri:integer-delta-update", path: "/schedule/available/duration", units: "slots", delta: 1 };
  const longer = await (await call("POST", `/sessions/${meta.uuid}`, delta)).json();
  expect(Date.parse(longer.meta.modified)).toBeGreaterThan(Date.parse(meta.modified));
});

test("an offer has the length that was offered: to change it is a conflict that says where it is", async () => {
  const asked = await call("POST", "/requests", minimal);
  const { offers } = await get(`/offersets/${lastPart(asked.headers.get("location"))}`);
  const delta = { kind: "uri:integer-delta-update", path: "/schedule/available/duration", units: "slots", delta: 1 };
  const change = async () => {
    const response = await call("POST", `/sessions/${offers[0].meta.uuid}`, delta);
    const { phase, detail } = await response.json();
    return [response.status, phase, detail];
  };
  expect(await change()).toEqual([409, "OFFERED", expect.stringContaining("Accept it first")]);
  await call("POST", `/sessions/${offers[0].meta.uuid}`, { ...accept, value: "REJECTED" });
  expect(await change()).toEqual([409, "REJECTED", expect.stringContaining("is REJECTED")]);
});

test("no start of an offer is beyond the window that was asked for, and each offer expires before its last start", async () => {
  const few = await makeUniverse({ people: 1 });
  const token = await tokenOf(personOf(few, 0));
  const now = Math.floor(Date.now() / 1000) * 1000;
  const until = now + 120_000;
  const start = `${new Date(now).toISOString()}/${new Date(until).toISOString()}`;
  const body = JSON.stringify({ ...minimal, schedule: { requested: { duration: "PT1H", start } } });
  const { result, offers } = await (await callApi("POST", "/requests", { token, headers: json, body })).json();
  expect(result).toBe("YES");
  for (const { expires, schedule } of offers) {
    const read = readInterval(schedule.available.start);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.until).toBeLessThanOrEqual(until);
    expect(read.value.until).toBeGreaterThan(Date.parse(expires));
  }
});

test("what runs directly is not stopped by the offers that are held", async () => {
  const few = await makeUniverse({ people: 1, offerSets: 1 });
  const token = await tokenOf(personOf(few, 0));
  const post = (where: string) => callApi("POST", where, { token, headers: json, body: JSON.stringify(minimal) });
  expect((await (await post("/requests")).json()).result).toBe("YES");
  expect((await (await post("/requests")).json()).result).toBe("NO");
  expect((await (await post("/direct")).json()).phase).toBe("ACCEPTED");
});

test("a session is followed by events until it is over", async () => {
  const { meta } = await booked();
  const response = await call("GET", `/sessions/${meta.uuid}/events`);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const until = async (what: string) => {
    while (!text.includes(what)) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
      if (done) throw new Error(`the stream ended without ${what}: ${text}`);
      text += value;
    }
  };
  await until('"phase":"ACCEPTED"');
  await call("POST", `/sessions/${meta.uuid}`, { ...accept, value: "CANCELLED" });
  await until('"phase":"CANCELLED"');
  expect((await reader?.read())?.done).toBe(true);
});

test("who opens a session with a token that is no good, or not for that, is told why as everywhere", async () => {
  const { meta } = await booked();
  const opened = (token?: string) =>
    open(
      new Request(`http://127.0.0.1/sessions/${meta.uuid}/open`, {
        ...(token && { headers: { authorization: `Bearer ${token}` } }),
      }),
      { params: Promise.resolve({ id: meta.uuid }) },
    );
  const challenge = (response: Response) => response.headers.get("www-authenticate");
  const [nobody, unknown] = [await opened(), await opened(newSecret().secret)];
  expect([nobody.status, challenge(nobody)]).toEqual([401, 'Bearer realm="Meridian"']);
  expect([unknown.status, challenge(unknown)]).toEqual([401, expect.stringContaining('error="invalid_token"')]);
  const reader = await opened(await tokenOf(personOf(universe, 0), ["read"]));
  expect([reader.status, challenge(reader)]).toEqual([403, expect.stringContaining('scope="book"')]);
});

test("whose token is withdrawn hears no more", async () => {
  const { meta } = await booked();
  const person = personOf(universe, 0);
  const token = await tokenOf(person);
  const response = await callApi("GET", `/sessions/${meta.uuid}/events`, { token });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  while (!heard.includes("ACCEPTED")) heard += (await reader?.read())?.value ?? "";
  const { tokenId } = (await readAccessToken(token, Date.now())) as { tokenId: string };
  await withdrawAccessToken({ tokenId, user: person, now: Date.now() });
  await call("POST", `/sessions/${meta.uuid}`, { ...accept, value: "CANCELLED" });
  let rest = "";
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) rest += part.value;
  expect(rest).not.toContain("CANCELLED");
});

test("accepting and cancelling an offer at once never leaves a booking behind a cancel that was refused", async () => {
  for (let times = 0; times < 4; times += 1) {
    const { offers } = await (await call("POST", "/requests", minimal)).json();
    const { uuid } = offers[0].meta;
    const [, cancelled] = await Promise.all([
      call("POST", `/sessions/${uuid}`, accept),
      call("POST", `/sessions/${uuid}`, { ...accept, value: "CANCELLED" }),
    ]);
    expect([cancelled.status, (await cancelled.json()).phase]).toEqual([200, "CANCELLED"]);
    expect((await get(`/sessions/${uuid}`)).phase).toBe("CANCELLED");
  }
});

test("a page of large requests ends early, and goes on where it ended", async () => {
  const replicas = Array.from({ length: 2_000 }, () => ({ dataurl: "http://a/b" }));
  const large = { ...minimal, data: [{ kind: kinds.data.skao, skao: { replicas } }] };
  const crowd = await makeUniverse({ people: 1, offerSets: 20 });
  const token = await tokenOf(personOf(crowd, 0));
  const made: string[] = [];
  for (let count = 0; count < 6; count += 1) {
    const set = await (
      await callApi("POST", "/requests", { token, headers: json, body: JSON.stringify(large) })
    ).json();
    made.unshift(set.meta.uuid);
  }
  const seen: string[] = [];
  let where: string | undefined = "/offersets?limit=100";
  while (where) {
    const page: { items: { meta: { uuid: string } }[]; next?: string } = await (
      await callApi("GET", where, { token, headers: json })
    ).json();
    expect(page.items.length).toBeLessThan(6);
    seen.push(...page.items.map(({ meta }) => meta.uuid));
    where = page.next?.slice(page.next.indexOf("/offersets"));
  }
  expect(seen).toEqual(made);
});

test("the events tell what the clock does: an offer that nobody touches expires", async () => {
  const hurried = await makeUniverse({ people: 1 });
  await database().prisma.platform.update({ where: { id: hurried.platform.id }, data: { offerSeconds: 1 } });
  const token = await tokenOf(personOf(hurried, 0));
  const ask = { token, headers: json, body: JSON.stringify(minimal) };
  const { offers } = await (await callApi("POST", "/requests", ask)).json();
  const response = await callApi("GET", `/sessions/${offers[0].meta.uuid}/events`, { token });
  const text = await response.text();
  expect(text).toContain('"phase":"OFFERED"');
  expect(text).toContain('"phase":"EXPIRED"');
});
