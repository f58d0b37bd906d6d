import { describe, expect, test } from "vitest";
import { countPlaywright, countVitest, inOneLine, oneCheck, sum } from "./count.ts";

const vitest = (passed: number, failed: number, testResults: unknown[] = []) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults });
const playwright = (stats: object, errors: unknown[] = []) => JSON.stringify({ stats, errors });

describe("what a suite came to", () => {
  test.each([
    ["all pass", vitest(7, 0), 0, { passed: 7, failed: 0 }],
    ["some fail", vitest(5, 2), 1, { passed: 5, failed: 2 }],
    [
      "a file that cannot be loaded is one failure",
      vitest(5, 0, [{ status: "failed", assertionResults: [] }]),
      1,
      { passed: 5, failed: 1 },
    ],
    [
      "a file whose tests failed is not counted again",
      vitest(5, 1, [{ status: "failed", assertionResults: [{ status: "passed" }, { status: "failed" }] }]),
      1,
      { passed: 5, failed: 1 },
    ],
    ["an error outside of the tests is a failure", vitest(5, 0), 1, { passed: 5, failed: 1 }],
    ["a crash before the report is a failure", null, 1, { passed: 0, failed: 1 }],
    ["killed, with half a report", '{"numPassedTests":', null, { passed: 0, failed: 1 }],
    ["no report although it says that all went well", null, 0, { passed: 0, failed: 1 }],
    ["no tests at all is a failure", vitest(0, 0), 0, { passed: 0, failed: 1 }],
  ])("vitest: %s", (_name, report, code, expected) => {
    expect(countVitest(report, code)).toEqual(expected);
  });

  test.each([
    ["all pass", playwright({ expected: 3, unexpected: 0, flaky: 0, skipped: 1 }), 0, { passed: 3, failed: 0 }],
    ["passed at the second try", playwright({ expected: 2, unexpected: 0, flaky: 1 }), 0, { passed: 3, failed: 0 }],
    ["some fail", playwright({ expected: 1, unexpected: 2, flaky: 0 }), 1, { passed: 1, failed: 2 }],
    ["a file that cannot be loaded", playwright({ expected: 0, unexpected: 0 }, [{}]), 1, { passed: 0, failed: 1 }],
    ["a crash before the report", null, null, { passed: 0, failed: 1 }],
    ["only skipped tests", playwright({ expected: 0, unexpected: 0, skipped: 4 }), 0, { passed: 0, failed: 1 }],
  ])("Playwright: %s", (_name, report, code, expected) => {
    expect(countPlaywright(report, code)).toEqual(expected);
  });

  test("suites and checks add up to the one line", () => {
    const counts = [oneCheck(0), oneCheck(2), oneCheck(null), { passed: 7, failed: 1 }];
    expect(inOneLine(sum(counts))).toBe("8 passed, 3 failed");
    expect(inOneLine(sum([]))).toBe("0 passed, 0 failed");
  });
});
