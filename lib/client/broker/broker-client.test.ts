import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { brokerClient } from "./broker-client.ts";
import { BrokerProblem } from "./broker-problem.ts";
import { BrokerUnreachable } from "./broker-unreachable.ts";
import type { ScheduledExecutionSession } from "./generated/schema.d.ts";

const KIND =
  "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/session/scheduled-execution-session.yaml";
const uuid = "0199f000-0000-7000-8000-000000000001";
const session = (phase: ScheduledExecutionSession["phase"], id = uuid) => ({ kind: KIND, meta: { uuid: id }, phase });

type Answer = (response: ServerResponse, asked: IncomingMessage & { text: string; search: URLSearchParams }) => void;
const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const problem = (status: number, more: object = {}, headers: Record<string, string> = {}) =>
  json({ type: "about:blank", title: "No", status, detail: "It is not so.", ...more }, status, {
    "content-type": "application/problem+json",
    ...headers,
  });

/** A small server on loopback; what it was asked is in `asked`. */
async function broker(routes: Record<string, Answer>) {
  const asked: { line: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: text });
    const answer = routes[`${request.method} ${pathname.replace("/api/broker/v1", "")}`] ?? problem(404);
    answer(response, Object.assign(request, { text, search: searchParams }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/broker/v1`;
  return { asked, client: brokerClient({ url: `${url}/`, token: "a-token", pausesMs: [1, 1] }) };
}

test("a request follows to its offer set, and the token goes to the broker's own address only", async () => {
  const set = { result: "YES", offers: [session("OFFERED")] };
  const { client, asked } = await broker({
    "POST /requests": (response) =>
      response.writeHead(303, { location: `https://elsewhere.example.org/offersets/${uuid}` }).end(),
    [`GET /offersets/${uuid}`]: json(set, 200, { etag: '"1"' }),
  });
  const got = await client.request({ schedule: {} }, { platform: "local", idempotencyKey: "mine" });
  expect(got).toEqual(set);
  expect(asked.map(({ line }) => line)).toEqual([
    "POST /api/broker/v1/requests?platform=local",
    `GET /api/broker/v1/offersets/${uuid}`,
  ]);
  expect(asked[0]).toMatchObject({
    body: '{"schedule":{}}',
    headers: {
      authorization: "Bearer a-token",
      accept: "application/json",
      "content-type": "application/json",
      "idempotency-key": "mine",
    },
  });
  expect(asked[1]?.headers["idempotency-key"]).toBeUndefined();
});

test("an answer at once is taken as well, and a request may be text in YAML", async () => {
  const { client, asked } = await broker({ "POST /requests": json({ result: "NO" }) });
  expect(await client.request("schedule: {}\n")).toEqual({ result: "NO" });
  expect(asked[0]).toMatchObject({ body: "schedule: {}\n", headers: { "content-type": "application/yaml" } });
});

test("what direct refuses is a session that failed; what it cannot read is a problem", async () => {
  const refused = { kind: KIND, phase: "FAILED", meta: { messages: [{ level: "ERROR", message: "Full." }] } };
  const { client } = await broker({ "POST /direct": json(refused, 400) });
  expect(await client.direct({})).toEqual(refused);
  const other = await broker({ "POST /direct": problem(400, { path: "/compute" }) });
  await expect(other.client.direct({})).rejects.toMatchObject({ status: 400, path: "/compute" });
});

test("a problem says what, where and for how long", async () => {
  const more = { code: "OFFER_EXPIRED", phase: "EXPIRED", allowed: [] };
  const { client } = await broker({
    [`POST /sessions/${uuid}`]: problem(409, more),
    "GET /slots": problem(429, {}, { "retry-after": "7" }),
    [`GET /sessions/${uuid}`]: (response) => response.writeHead(502).end("<h1>Bad gateway</h1>"),
  });
  const accepted = client.accept(uuid);
  await expect(accepted).rejects.toBeInstanceOf(BrokerProblem);
  await expect(accepted).rejects.toMatchObject({ status: 409, code: "OFFER_EXPIRED", detail: "It is not so." });
  await expect(client.slots()).rejects.toMatchObject({ status: 429, retryAfterSeconds: 7, code: null });
  await expect(client.session(uuid)).rejects.toMatchObject({ status: 502, detail: "The answer was 502." });
});

test("a broker that is not there is told apart from one that says no", async () => {
  const client = brokerClient({ url: "http://127.0.0.1:1/api/broker/v1", token: "t" });
  await expect(client.slots()).rejects.toBeInstanceOf(BrokerUnreachable);
  await expect(client.slots({ signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
});

/** Breaks off the first so many times. */
function breaking(times: number, answer: Answer): Answer {
  let left = times;
  return (response, asked) => (left-- > 0 ? response.destroy() : answer(response, asked));
}

test("a POST with a key is sent again when the connection breaks, the same as before", async () => {
  const { client, asked } = await broker({ [`POST /sessions/${uuid}`]: breaking(1, json(session("ACCEPTED"))) });
  expect((await client.accept(uuid, { idempotencyKey: "mine" })).phase).toBe("ACCEPTED");
  expect(asked).toHaveLength(2);
  expect(asked[1]?.body).toBe(asked[0]?.body);
  expect(asked.map(({ headers }) => headers["idempotency-key"])).toEqual(["mine", "mine"]);
});

test("a POST with a key whose connection breaks each time is given up when its pauses are used up", async () => {
  const { client, asked } = await broker({ [`POST /sessions/${uuid}`]: breaking(9, json(session("ACCEPTED"))) });
  await expect(client.accept(uuid, { idempotencyKey: "mine" })).rejects.toBeInstanceOf(BrokerUnreachable);
  expect(asked).toHaveLength(3);
});

test("a POST without a key is never sent twice, nor is one that was called off", async () => {
  const stop = new AbortController();
  const { client, asked } = await broker({
    [`POST /sessions/${uuid}`]: breaking(1, json(session("ACCEPTED"))),
    "POST /requests": () => stop.abort(new Error("enough")),
  });
  await expect(client.accept(uuid)).rejects.toBeInstanceOf(BrokerUnreachable);
  await expect(client.request({}, { idempotencyKey: "mine", signal: stop.signal })).rejects.toThrow("enough");
  expect(asked).toHaveLength(2);
});

test("accept and cancel send the standard's update", async () => {
  const { client, asked } = await broker({ [`POST /sessions/${uuid}`]: json(session("ACCEPTED")) });
  expect((await client.accept(uuid)).phase).toBe("ACCEPTED");
  await client.cancel(uuid);
  expect(asked.map(({ body }) => JSON.parse(body))).toEqual(
    ["ACCEPTED", "CANCELLED"].map((value) => ({ kind: "uri:enum-value-update", path: "/phase", value })),
  );
});

test("a list is read page by page, and only as far as it is wanted", async () => {
  const { client, asked } = await broker({
    "GET /sessions": (response, { search }) => {
      const at = Number(search.get("cursor") ?? 0);
      search.set("cursor", `${at + 1}`);
      const next = `https://elsewhere.example.org/sessions?${search}`;
      json({ items: [session("RUNNING", `${at}a`), session("RUNNING", `${at}b`)], ...(at < 2 && { next }) })(
        response,
        undefined as never,
      );
    },
  });
  const all: unknown[] = [];
  for await (const { meta } of client.sessions({ phase: ["RUNNING", "AVAILABLE"] })) all.push(meta?.uuid);
  expect(all).toEqual(["0a", "0b", "1a", "1b", "2a", "2b"]);
  expect(asked[1]?.line).toBe("GET /api/broker/v1/sessions?phase=RUNNING&phase=AVAILABLE&cursor=1");
  for await (const one of client.sessions()) if (one) break;
  expect(asked).toHaveLength(4);
});

test("with the mark of what it has, a client learns that nothing changed", async () => {
  const { client } = await broker({
    [`GET /sessions/${uuid}`]: (response, { headers }) =>
      headers["if-none-match"] === '"7"'
        ? response.writeHead(304).end()
        : json(session("RUNNING"), 200, { etag: '"7"' })(response, undefined as never),
  });
  const { value, etag } = await client.session(uuid);
  expect([value.phase, etag]).toEqual(["RUNNING", '"7"']);
  expect(await client.session(uuid, { etag: etag ?? "" })).toBeNull();
});

/** A session that is one phase further at each reading, with a mark for each; `again` reads stay where they are. */
function life(phases: readonly NonNullable<ScheduledExecutionSession["phase"]>[]): Answer {
  let at = 0;
  return (response, { headers }) => {
    if (headers["if-none-match"] !== undefined && at < phases.length - 1) at += 1;
    const etag = `"${at}"`;
    if (headers["if-none-match"] === etag) response.writeHead(304).end();
    else json(session(phases[at]), 200, { etag })(response, undefined as never);
  };
}
async function watched(client: ReturnType<typeof brokerClient>, how: { pollMs?: number; silenceMs?: number }) {
  const seen: unknown[] = [];
  for await (const { phase } of client.watch(uuid, AbortSignal.timeout(10_000), how)) seen.push(phase);
  return seen;
}

test("a session is watched by its events, until it is over", async () => {
  const { client, asked } = await broker({
    [`GET /sessions/${uuid}`]: life(["ACCEPTED", "PREPARING", "AVAILABLE", "COMPLETED"]),
    [`GET /sessions/${uuid}/events`]: (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let at = 0; at < 3; at += 1) response.write(`: alive\n\nevent: session\ndata: {"uuid":"${uuid}"}\n\n`);
    },
  });
  expect(await watched(client, { pollMs: 60_000 })).toEqual(["ACCEPTED", "PREPARING", "AVAILABLE", "COMPLETED"]);
  expect(asked.filter(({ line }) => line.endsWith("/events"))).toHaveLength(1);
});

test("without events it is asked again and again", async () => {
  const { client, asked } = await broker({ [`GET /sessions/${uuid}`]: life(["ACCEPTED", "AVAILABLE", "CANCELLED"]) });
  expect(await watched(client, { pollMs: 1 })).toEqual(["ACCEPTED", "AVAILABLE", "CANCELLED"]);
  expect(asked.filter(({ line }) => line.endsWith("/events"))).toHaveLength(1);
});

test("a stream that falls silent, or breaks, is opened anew", async () => {
  let opened = 0;
  const { client } = await broker({
    [`GET /sessions/${uuid}`]: life(["ACCEPTED", "AVAILABLE", "COMPLETED"]),
    [`GET /sessions/${uuid}/events`]: (response) => {
      opened += 1;
      if (opened === 1) response.destroy();
      else response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    },
  });
  expect(await watched(client, { pollMs: 1, silenceMs: 500 })).toEqual(["ACCEPTED", "AVAILABLE", "COMPLETED"]);
  expect(opened).toBeGreaterThan(1);
});

test("an outage is waited for, the end of a sign-in is not", async () => {
  let answers = [json(session("ACCEPTED"), 200, { etag: '"1"' }), problem(503, {}, { "retry-after": "0" })];
  const routes: Record<string, Answer> = {
    [`GET /sessions/${uuid}`]: (response, asked) => (answers.shift() ?? problem(401))(response, asked),
  };
  const { client } = await broker(routes);
  await expect(watched(client, { pollMs: 1 })).rejects.toMatchObject({ status: 401 });
  answers = [json(session("ACCEPTED")), problem(500), json(session("FAILED"))];
  expect(await watched(client, { pollMs: 1 })).toEqual(["ACCEPTED", "FAILED"]);
});

test("whoever stops watching is not kept", async () => {
  const stop = new AbortController();
  const { client } = await broker({
    [`GET /sessions/${uuid}`]: json(session("ACCEPTED"), 200, { etag: '"1"' }),
    [`GET /sessions/${uuid}/events`]: (response) =>
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders(),
  });
  const watching = client.watch(uuid, stop.signal);
  await watching.next();
  const next = watching.next();
  stop.abort(new Error("enough"));
  await expect(next).rejects.toThrow("enough");
});
