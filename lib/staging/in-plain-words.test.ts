import { expect, test } from "vitest";
import { inPlainWords } from "./in-plain-words.ts";

test.each([
  ["größe of M 31 🔭", "größe of M 31 🔭"],
  ["\u001b[31mred\u0007", " [31mred "],
  ["left\u202eright\u200b", "left right "],
  ["half \ud83d", "half  "],
])("%j is shown as “%s”", (said, shown) => {
  expect(inPlainWords(said, 100)).toBe(shown);
});

test("what is long is cut, and no half of a character is left", () => {
  expect(inPlainWords("x".repeat(300), 200)).toHaveLength(200);
  expect(inPlainWords("🔭🔭", 3)).toBe("🔭 ");
});
