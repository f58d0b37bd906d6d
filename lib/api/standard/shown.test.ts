import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test("a message repeats 200 characters of what was sent, and never half a character", () => {
  expect(shown("m31")).toBe("m31");
  expect(shown({ min: 1 })).toBe('{"min":1}');
  expect(shown("x".repeat(100_000))).toBe(`${"x".repeat(200)}…`);
  expect(shown(`${"x".repeat(199)}🔭🔭`)).toBe(`${"x".repeat(199)}…`);
});
