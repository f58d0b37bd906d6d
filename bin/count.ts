/** What a suite came to. A check without tests of its own (format, types) counts as one. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export const oneCheck = (exitCode: number | null): Count =>
  exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

export const sum = (counts: readonly Count[]): Count =>
  counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), { passed: 0, failed: 0 });

/** The last line of `npm test`. */
export const inOneLine = ({ passed, failed }: Count) => `${passed} passed, ${failed} failed`;

/**
 * Vitest's JSON report. A file that could not even be loaded has no tests and counts as one failure; so does a run that
 * failed without saying where, that left no report, or that found no tests at all.
 */
export function countVitest(report: string | null, exitCode: number | null): Count {
  const parsed = parse<{
    numPassedTests?: number;
    numFailedTests?: number;
    testResults?: { status?: string; assertionResults?: { status?: string }[] }[];
  }>(report);
  const broken = (parsed?.testResults ?? []).filter(
    ({ status, assertionResults = [] }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return settle(parsed?.numPassedTests ?? 0, (parsed?.numFailedTests ?? 0) + broken.length, exitCode);
}

/** Playwright's JSON report. A test that passed at the second try has passed; errors outside of tests are failures. */
export function countPlaywright(report: string | null, exitCode: number | null): Count {
  const parsed = parse<{
    stats?: { expected?: number; unexpected?: number; flaky?: number };
    errors?: unknown[];
  }>(report);
  const { expected = 0, unexpected = 0, flaky = 0 } = parsed?.stats ?? {};
  return settle(expected + flaky, unexpected + (parsed?.errors?.length ?? 0), exitCode);
}

function settle(passed: number, failed: number, exitCode: number | null): Count {
  const unexplained = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: unexplained ? 1 : failed };
}

function parse<T>(report: string | null): T | null {
  try {
    return report === null ? null : (JSON.parse(report) as T);
  } catch {
    return null;
  }
}
