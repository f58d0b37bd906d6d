import { expect, test } from "vitest";
import { readTrouble, SkahaError } from "./skaha-error.ts";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const trouble = (status: number, text: string, headers: Record<string, string> = {}) =>
  readTrouble(status, text, new Headers(headers), NOW);

test.each([
  [400, "Missing parameter 'image'\n", "refused"],
  [400, "session image 'X' must come from one of [images.canfar.net]\n", "refused"],
  [400, "Invalid value for 'gpus': 0\n", "refused"],
  [400, "cannot get group memberships for anonymous\n", "sign-in needed"],
  [401, "Token has expired", "sign-in needed"],
  [403, "Not authorized to use the skaha system\n", "no access"],
  [400, "image is required\n", "refused"],
  [400, "Invalid session type: X\n", "refused"],
  [400, "Invalid value for 'cores': 99\n", "refused"],
  [400, "Invalid value for 'ram': 5\n", "refused"],
  [400, "Missing parameter 'name'\n", "refused"],
  [400, "name can only contain alpha-numeric chars and '-'\n", "refused"],
  [
    400,
    "No authentication provided for unknown or private image.  Use x-skaha-registry-auth request header with base64Encode(username:secret).\n",
    "refused",
  ],
  [400, "unrecognized action\n", "refused"],
  [400, "Cannot modify an existing session\n", "refused"],
  [400, "No active job for user alice with session abcd1234\n", "refused"],
  [400, "Cannot kill all sessions.\n", "refused"],
  [403, "Subject is not authorized to access Skaha according to permissions API plugin authorisation.\n", "no access"],
  [403, "POSIX Principal is incomplete (no username).\n", "no access"],
  [403, "No POSIX Principal\n", "no access"],
  [404, "session abcd1234 not found.\n", "not there"],
  [404, "session abcd1234 not found\n", "not there"],
  [409, "conflict\n", "refused"],
  [423, "locked\n", "refused"],
  [429, "slow down\n", "unwell"],
  [500, "unexpected exception: java.lang.RuntimeException", "unwell"],
  [503, "temporarily unavailable: null\n", "unwell"],
])("%i %j means “%s %s”", (status, text, kind) => {
  const read = text.trim().replaceAll(/\s+/g, " ").replace("abcd1234", "…");
  expect(trouble(status, text)).toMatchObject({ kind, text: read });
});

test("the limit of sessions is told from other refusals, with its number, and passes", () => {
  const limit = trouble(400, "User alice has reached the maximum of 3 active sessions.\n");
  expect(limit).toMatchObject({ kind: "too many sessions", most: 3 });
  const error = new SkahaError(limit);
  expect(error.mayPass).toBe(true);
  expect(error.message).toContain("as many sessions on CANFAR as it allows (3)");
});

test("a refusal does not pass, a dead sign-in and an outage do", () => {
  const passes = ([status, text]: readonly [number, string]) => new SkahaError(trouble(status, text)).mayPass;
  expect([[400, "Invalid session type: X"] as const, [403, "No POSIX Principal"] as const].map(passes)).toEqual([
    false,
    false,
  ]);
  expect([[401, "expired"] as const, [500, "oops"] as const].map(passes)).toEqual([true, true]);
});

test.each([
  ["30", 30_000],
  ["Thu, 26 Nov 2026 12:00:20 GMT", 20_000],
  ["Thu, 26 Nov 2026 11:00:00 GMT", 0],
  ["999999", 300_000],
  ["soon", null],
])("Retry-After: %s", (value, retryAfterMs) => {
  expect(trouble(503, "later", { "retry-after": value })).toMatchObject({ retryAfterMs });
});

test.each([
  [404, "<html><head><title>404 Not Found</title></head></html>"],
  [404, "404 page not found"],
  [403, "<html><title>Request blocked</title></html>"],
  [408, "time-out"],
  [425, "too early"],
])("%i %j says nothing about a session", (status, text) => {
  expect(trouble(status, text)).toMatchObject({ kind: "unwell", brief: `HTTP ${status}` });
});

test.each([
  [
    "unexpected exception: job skaha-notebook-alice-abcd1234 cannot be read",
    "unexpected exception: job skaha-notebook-alice-… cannot be read",
  ],
  ["session abcdefgh not found", "session … not found"],
  ["see https://x/session/notebook/a1b2c3d4/lab?token=a1b2c3d4", "see https://x/session/notebook/…/lab?token=…"],
  ["temporarily unavailable: null", "temporarily unavailable: null"],
])("nothing that lets anybody in is kept of %j", (text, kept) => {
  expect(trouble(500, text)).toMatchObject({ text: kept, brief: "HTTP 500" });
});

test("of a page only its title is said, and no answer at all by its number", () => {
  expect(trouble(502, "<html><head><title>502 Bad\n Gateway</title></head><body>…</body></html>").text).toBe(
    "502 Bad Gateway",
  );
  expect(trouble(502, "").text).toBe("HTTP 502");
  expect(trouble(500, "x".repeat(5000)).text).toHaveLength(300);
});
