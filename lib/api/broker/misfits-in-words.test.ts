import { expect, test } from "vitest";
import { z } from "zod";
import { misfitsInWords, strictParse } from "./strict-parse.ts";

test("a list that is wrong a thousand times is told in ten sentences", () => {
  const read = strictParse(z.array(z.number()), Array(1_000).fill("x"));
  if (read.ok) throw new Error("it fits");
  const words = misfitsInWords(read.error);
  expect(words).toMatch(/^\/0: .*\/9: .* And 990 more\.$/);
  expect(misfitsInWords(read.error.slice(0, 2))).not.toContain("more");
});
