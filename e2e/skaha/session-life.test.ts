import { expect, test } from "vitest";
import { as, atOnce, DAY_MS, HOUR_MS, inHours, NOTEBOOK, poll, type Shown, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();
const alice = () => as(skaha(), "alice");
const pass = (forwardMs: number) => skaha().clock({ forwardMs });
const lifeOf = (session: Shown) => Date.parse(session.expiryTime ?? "") - Date.parse(session.startTime ?? "");

// Row 9
test("a new session waits in the queue: it has its link already, no times, and no nulls", async () => {
  skaha().scenario({ delays: inHours });
  const id = await alice().made();
  const said = await alice().get(`/v1/session/${id}`);
  expect(said.text).toMatch(/^\{\n {2}"id"/);
  expect(said.text).not.toContain("null");
  const session = await alice().show(id);
  expect(session).toMatchObject({ id, userid: "alice", type: "notebook", status: "Pending", image: NOTEBOOK });
  expect(session.connectURL).toBe(`${skaha().url}/session/notebook/${id}/lab/tree/arc/home/alice?token=${id}`);
  expect(session).not.toHaveProperty("startTime");
  expect(session).not.toHaveProperty("expiryTime");
});

// Row 10
test("after the queue it has times, after the start it runs, and it may run four days", async () => {
  skaha().scenario({ delays: inHours });
  const id = await alice().made();
  pass(HOUR_MS);
  const pending = await alice().show(id);
  expect(pending.status).toBe("Pending");
  expect(lifeOf(pending)).toBe(345_600_000);
  pass(HOUR_MS);
  expect(await alice().show(id)).toMatchObject({ status: "Running", expiryTime: pending.expiryTime });
});

// Row 10
test("start times are written with seconds, without, and with milliseconds", async () => {
  skaha().scenario({ delays: atOnce });
  for (const name of ["a", "b", "c"]) await alice().made({ name });
  const starts = (await alice().list()).map(({ name, startTime }) => [name, startTime]);
  expect(Object.fromEntries(starts)).toEqual({
    a: expect.stringMatching(/T\d\d:\d\d:\d\dZ$/),
    b: expect.stringMatching(/T\d\d:\d\dZ$/),
    c: expect.stringMatching(/T\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  expect((await alice().list()).map(lifeOf)).toEqual([345_600_000, 345_600_000, 345_600_000]);
});

test("by itself, a session runs after its short delays", async () => {
  const id = await alice().made();
  await poll("it runs", async () => (await alice().show(id)).status === "Running");
});

// Row 13
test("events are 404 while no pod exists, then a table, and nothing once Kubernetes forgot them", async () => {
  skaha().scenario({ delays: inHours });
  const id = await alice().made();
  const events = () => alice().get(`/v1/session/${id}?view=events`);
  const before = await events();
  expect([before.status, before.text]).toEqual([404, `session ${id} not found.\n`]);
  pass(HOUR_MS);
  const table = await events();
  expect(table.headers.get("content-type")).toBe("text/plain");
  expect(table.text).toMatch(/^TYPE +REASON +MESSAGE +FIRST-TIME +LAST-TIME\nNormal +Scheduled /);
  pass(12 * HOUR_MS);
  expect((await events()).text).toBe("<none>\n");
});

// Row 14
test("the log is text and may be empty", async () => {
  const said = await alice().get(`/v1/session/${await alice().made()}?view=logs`);
  expect([said.status, said.text, said.headers.get("content-type")]).toEqual([200, "", "text/plain"]);
});

// Row 15
test("renewing moves the end to four days from now, and needs a pod", async () => {
  skaha().scenario({ delays: inHours });
  const id = await alice().made();
  const renew = () => alice().post(`/v1/session/${id}`, { action: "renew" });
  const early = await renew();
  expect([early.status, early.text]).toEqual([400, `No active job for user alice with session ${id}\n`]);
  pass(3 * HOUR_MS);
  const before = await alice().show(id);
  pass(DAY_MS);
  const done = await renew();
  expect([done.status, done.text]).toEqual([200, ""]);
  const after = await alice().show(id);
  const longer = Date.parse(after.expiryTime ?? "") - Date.parse(before.expiryTime ?? "");
  expect(longer).toBeGreaterThan(DAY_MS);
  expect(after.startTime).toBe(before.startTime);
});

// Row 15
test("only renewing is known, and only of one's own session", async () => {
  skaha().scenario({ delays: atOnce });
  const id = await alice().made();
  const say = async (form: Record<string, string>, user = "alice") =>
    (await as(skaha(), user).post(`/v1/session/${id}`, form)).text;
  expect(await say({})).toBe("Cannot modify an existing session\n");
  expect(await say({ action: "stop" })).toBe("unrecognized action\n");
  expect(await say({ action: "renew" }, "bob")).toBe(`No active job for user bob with session ${id}\n`);
  expect(await say({ action: "renew" })).toBe("");
});

// Row 16
test("ending says 200 of anything; the session is gone at once, somebody else's is untouched", async () => {
  const mine = await alice().made();
  const theirs = await as(skaha(), "bob").made();
  for (const id of [mine, theirs, "a0000000"]) {
    const { status, text } = await alice().remove(id);
    expect([status, text]).toEqual([200, ""]);
  }
  const gone = await alice().get(`/v1/session/${mine}`);
  expect([gone.status, gone.text]).toEqual([404, `session ${mine} not found\n`]);
  expect((await alice().get(`/v1/session/${theirs}`)).status).toBe(404);
  expect((await as(skaha(), "bob").show(theirs)).id).toBe(theirs);
  const all = await alice().call("DELETE", "/v1/session");
  expect([all.status, all.text]).toEqual([400, "Cannot kill all sessions.\n"]);
});

test("an ended session may stay as Terminating for a while", async () => {
  skaha().scenario({ delays: { ...atOnce, terminatingMs: HOUR_MS } });
  const id = await alice().made();
  await alice().remove(id);
  expect((await alice().show(id)).status).toBe("Terminating");
  pass(HOUR_MS);
  expect((await alice().get(`/v1/session/${id}`)).status).toBe(404);
});

// Row 17
test("after four days it has failed, is listed for another day, and then is gone", async () => {
  skaha().scenario({ delays: atOnce });
  const id = await alice().made();
  pass(4 * DAY_MS - HOUR_MS);
  expect((await alice().show(id)).status).toBe("Running");
  pass(HOUR_MS);
  expect((await alice().show(id)).status).toBe("Failed");
  pass(DAY_MS - HOUR_MS);
  expect((await alice().list()).map(({ status }) => status)).toEqual(["Failed"]);
  pass(HOUR_MS);
  expect((await alice().get(`/v1/session/${id}`)).status).toBe(404);
});

// Row 19
test.each([
  ["in the list", "images.canfar.net/skaha/bad-image:latest", {}],
  ["not in the list, with a secret", "images.canfar.net/skaha/no-such:9", { "x-skaha-registry-auth": "YTpi" }],
  ["private, with the wrong secret", "images.canfar.net/private/x:1", { "x-skaha-registry-auth": "YTp3cm9uZw==" }],
] as const)("a bad image (%s) is Pending until the end, and counts against the limit", async (_, image, headers) => {
  skaha().limit({ limit: 1 });
  skaha().scenario({ delays: atOnce });
  const id = await alice().made({ image }, headers);
  pass(3 * DAY_MS);
  expect((await alice().show(id)).status).toBe("Pending");
  const events = (await alice().get(`/v1/session/${id}?view=events`)).text;
  expect(events).toContain("ErrImagePull");
  expect(events).toContain("ImagePullBackOff");
  expect((await alice().create()).text).toBe("User alice has reached the maximum of 1 active sessions.\n");
});

// Row 20
test("a flapping session runs, is Pending, and runs again with its clock started anew", async () => {
  skaha().scenario({ delays: atOnce, fault: { kind: "flap", afterMs: HOUR_MS, forMs: HOUR_MS } });
  const id = await alice().made();
  const seen = [await alice().show(id)];
  for (const ms of [HOUR_MS, HOUR_MS]) {
    pass(ms);
    seen.push(await alice().show(id));
  }
  expect(seen.map(({ status }) => status)).toEqual(["Running", "Pending", "Running"]);
  expect(seen[2]?.startTime).not.toBe(seen[0]?.startTime);
});

// Row 20
test("the image flap does so by itself, a second after it runs and for a second", async () => {
  await alice().made({ image: "images.canfar.net/skaha/flap:latest" });
  expect(skaha().sessions()).toMatchObject([{ fault: { kind: "flap", afterMs: 1_000, forMs: 1_000 } }]);
});

test("a session that finds no room stays Pending and says so; one without memory fails", async () => {
  skaha().scenario({ delays: atOnce });
  const waiting = await alice().made({ image: "images.canfar.net/skaha/unschedulable:latest" });
  const hungry = await alice().made({ image: "images.canfar.net/skaha/out-of-memory:latest" });
  pass(HOUR_MS / 2);
  expect((await alice().show(waiting)).status).toBe("Pending");
  expect((await alice().get(`/v1/session/${waiting}?view=events`)).text).toContain("FailedScheduling");
  expect((await alice().show(hungry)).status).toBe("Failed");
  expect((await alice().get(`/v1/session/${hungry}?view=events`)).text).toContain("OOMKilled");
});

test("a platform whose clock is five minutes off shows it in every time, and nothing ages by it", async () => {
  skaha().scenario({ delays: { ...inHours, suspendedMs: 0 } });
  skaha().clock({ skewMs: 300_000 });
  const { status, startTime } = await alice().show(await alice().made());
  expect(status).toBe("Pending");
  expect(Date.parse(startTime ?? "")).toBeGreaterThan(Date.now() + 240_000);
  const { headers } = await alice().get("/v1/session");
  expect(Date.parse(headers.get("date") ?? "")).toBeGreaterThan(Date.now() + 240_000);
});
