import { expect, test } from "vitest";
import { z } from "zod";
import { problemDetails } from "../standard/extensions.ts";
import { misfitProblem } from "./misfit-problem.ts";
import { strictParse } from "./strict-parse.ts";

const NOW = Date.UTC(2026, 10, 27, 13);

test("a list that is wrong a thousand times is told in ten sentences, each with its place", () => {
  const read = strictParse(z.array(z.number()), Array(1_000).fill("x"));
  if (read.ok) throw new Error("it fits");
  const problem = misfitProblem(read.error, NOW);
  expect(problemDetails.safeParse(problem).success).toBe(true);
  expect(problem).toMatchObject({ status: 400, path: "/0" });
  expect(problem.detail).toMatch(/^\/0: .*\/9: .* And 990 more\.$/);
  expect(problem.messages?.map(({ values }) => values?.path)).toEqual(Array.from({ length: 10 }, (_, at) => `/${at}`));
  expect(problem.messages?.[0]).toMatchObject({ kind: "urn:input-syntax-fail", time: "2026-11-27T13:00:00.000Z" });
  expect(misfitProblem(read.error.slice(0, 2), NOW).detail).not.toContain("more");
});
