import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { sessionName } from "./session-name.ts";

test("a session's name is one that Skaha allows, and always the same for one id", () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(sessionName(id)).toMatch(/^m-[0-9a-z]{12}$/);
      expect(sessionName(id.toUpperCase())).toBe(sessionName(id));
    }),
  );
});

test("ten thousand sessions made at once have ten thousand names", () => {
  expect(new Set(Array.from({ length: 10_000 }, () => sessionName(uuidv7()))).size).toBe(10_000);
});

test("something that is no id is refused", () => {
  expect(() => sessionName("alice")).toThrow(TypeError);
});
