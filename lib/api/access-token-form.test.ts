import { expect, test } from "vitest";
import { parseAccessToken } from "./access-token-form.ts";

const good = { name: " nightly survey ", scopes: ["read", "book"], days: 90 };

test("a name, what it may do and how long make a token", () => {
  expect(parseAccessToken(good)).toEqual({
    ok: true,
    value: { name: "nightly survey", scopes: ["read", "book"], days: 90 },
  });
  expect(parseAccessToken({ ...good, name: "🌌".repeat(60) }).ok).toBe(true);
});

test.each([
  [{ name: "  " }, "Give it a name"],
  [{ name: 7 }, "Give it a name"],
  [{ name: "x".repeat(61) }, "at most 60 characters"],
  [{ name: "x".repeat(1_000_000) }, "at most 60 characters"],
  [{ scopes: [] }, "at least one"],
  [{ scopes: "read" }, "at least one"],
  [{ scopes: ["fly"] }, "no such thing"],
  [{ scopes: ["read", "read", "read", "read"] }, "once"],
  [{ days: 0 }, "1 to 365"],
  [{ days: 366 }, "1 to 365"],
  [{ days: 1.5 }, "1 to 365"],
  [{ days: "90" }, "1 to 365"],
])("%j is refused with a sentence", (wrong, words) => {
  const read = parseAccessToken({ ...good, ...wrong });
  expect(read.ok ? "" : read.error.sentence).toContain(words);
});

test("what is no form at all is refused too", () => {
  for (const input of [null, "x", 7, []]) expect(parseAccessToken(input).ok).toBe(false);
});
