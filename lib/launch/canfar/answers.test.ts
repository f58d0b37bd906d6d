import { expect, test } from "vitest";
import { context, imageList, sessionList } from "./answers.ts";

const session = { id: "abcd1234", name: "m-7f3a9c", status: "Running" };

test.each([
  ["2026-08-10T15:45Z", Date.UTC(2026, 7, 10, 15, 45)],
  ["2026-08-10T15:45:10Z", Date.UTC(2026, 7, 10, 15, 45, 10)],
  ["2026-08-10T15:45:10.250Z", Date.UTC(2026, 7, 10, 15, 45, 10, 250)],
  ["yesterday", null],
  [17, null],
])("a start time of %j", (startTime, startedAt) => {
  expect(sessionList.parse([{ ...session, startTime }])[0]?.startedAt).toBe(startedAt);
});

test("what is not known is no reason to lose a session", () => {
  const odd = { ...session, status: "Hibernating", connectURL: "javascript:alert(1)", type: 5, more: { of: ["it"] } };
  expect(sessionList.parse([odd])).toEqual([
    {
      id: "abcd1234",
      name: "m-7f3a9c",
      status: "unknown",
      type: null,
      startedAt: null,
      expiresAt: null,
      connectUrl: null,
    },
  ]);
  expect(sessionList.parse([{ id: "x", name: "y" }])[0]?.status).toBe("unknown");
});

test("one that cannot be read does not hide the others; what is no list is no answer", () => {
  expect(sessionList.parse([null, { name: "no id" }, session, 3]).map(({ id }) => id)).toEqual(["abcd1234"]);
  expect(sessionList.safeParse({ sessions: [] }).success).toBe(false);
});

test("headless has no link", () => {
  expect(sessionList.parse([{ ...session, connectURL: "" }])[0]?.connectUrl).toBeNull();
});

test("what may be asked for, in both forms, and with nothing said", () => {
  const cores = { default: 2, defaultRequest: 1, defaultLimit: 8, options: [1, 2, 4] };
  const said = { cores, memoryGB: { ...cores, options: [1, 8] }, gpus: { options: [1] } };
  const read = { cores: [1, 2, 4], memoryGiB: [1, 8], gpus: [1], mostSessions: 3 };
  expect(context.parse({ ...said, maxInteractiveSessions: 3 })).toEqual(read);
  expect(context.parse({ ...said, maxInteractiveSessions: "5" })).toEqual({ ...read, mostSessions: 5 });
  expect(context.parse({})).toEqual({ cores: [], memoryGiB: [], gpus: [], mostSessions: null });
});

test("images with their types", () => {
  const images = [{ id: "images.canfar.net/skaha/a:1", types: ["Notebook"], digest: "…" }, { id: "b" }, { types: [] }];
  expect(imageList.parse(images)).toEqual([
    { id: "images.canfar.net/skaha/a:1", types: ["notebook"] },
    { id: "b", types: [] },
  ]);
});
