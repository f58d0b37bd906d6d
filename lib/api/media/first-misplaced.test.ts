import fc from "fast-check";
import { expect, test } from "vitest";
import { firstMisplaced } from "./first-misplaced.ts";
import { readJson } from "./read-json.ts";

test.each([
  ['{"schedule",:{}}', 11],
  ['{"a":1,}', 7],
  ["[1,]", 3],
  ['{"a" 1}', 5],
  ['{"a":1}{', 7],
  ['{"a":[1}', 7],
  ["{1:2}", 1],
  ["[}", 1],
  ['{"a":', 5],
  ["", 0],
  ['{"a":"b', 5],
])("%s stops being JSON at the character %i", (text, at) => {
  expect(firstMisplaced(text)).toBe(at);
});

test("JSON is nowhere wrong", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(2), (text, indent) => {
      expect(firstMisplaced(JSON.stringify(JSON.parse(text), null, indent))).toBeNull();
    }),
  );
});

test("of whatever is no JSON the place is told, also where the text is long", () => {
  const whole = JSON.stringify({ request: { name: "x".repeat(100), list: [1, true, null, { a: "b" }] } });
  fc.assert(
    fc.property(fc.nat(whole.length), fc.constantFrom(..."{}[]:,"), (at, mark) => {
      const read = readJson(`${whole.slice(0, at)}${mark}${whole.slice(at)}`);
      if (!read.ok) expect(read.error.line).toBe(1);
    }),
  );
});
