import { expect, test } from "vitest";
import { standingOf } from "./access-token.ts";

test("a token works until its end and not at it", () => {
  const token = { expiresAt: 1000, withdrawnAt: null };
  expect(standingOf(token, 999)).toBe("good");
  expect(standingOf(token, 1000)).toBe("expired");
});

test("one that was withdrawn never works again", () => {
  for (const now of [0, 500, 2000]) expect(standingOf({ expiresAt: 1000, withdrawnAt: 400 }, now)).toBe("withdrawn");
});
