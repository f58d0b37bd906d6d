import { describe, expect, test } from "vitest";
import { formatOfProblem, formatWanted } from "./format-wanted.ts";

const formatOf = (accept: string | null) => {
  const wanted = formatWanted(accept);
  return wanted.ok ? wanted.value : wanted.error.status;
};

describe("the format of an answer", () => {
  test.each([
    [null, "yaml"],
    ["", "yaml"],
    ["*/*", "yaml"],
    ["application/*", "yaml"],
    ["application/yaml, application/json", "yaml"],
    ["application/json, application/yaml", "yaml"],
    ["application/xml, application/json", "json"],
    ["application/json", "json"],
    ["application/xml", "xml"],
    ["text/xml", "xml"],
    ["text/yaml", "yaml"],
    ["APPLICATION/JSON ; Charset=UTF-8", "json"],
    ["application/json; indent=4", "json"],
  ])("%s is answered in %s", (accept, format) => expect(formatOf(accept)).toBe(format));

  test.each([
    ["application/yaml;q=0.5, application/json;q=0.6", "json"],
    ["application/json, */*;q=0.8", "json"],
    ["*/*;q=0.8, application/yaml;q=0.1", "json"],
    ["application/yaml;q=0, */*", "json"],
    ["application/yaml;q=0, application/json;q=0, application/*", "xml"],
    ["application/yaml;q=0.1, application/*;q=0", "yaml"],
    ["text/html, application/xhtml+xml, application/json;q=0.2", "json"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml"],
    ["text/yaml;q=0.9, application/json;q=0.8", "yaml"],
    ['text/plain;a="x, application/json;q=1", application/xml;q=0.5', "xml"],
  ])("by the qualities and by what is more precise, %s is answered in %s", (accept, format) =>
    expect(formatOf(accept)).toBe(format),
  );

  test.each([
    "text/html",
    "text/*",
    "image/png",
    "*/*;q=0",
    "application/json;q=0",
    "application/json;charset=latin1",
    "nonsense",
  ])("for %s there is nothing", (accept) => expect(formatOf(accept)).toBe(406));

  test("a quality that is none counts as not given, and one above 1 as 1", () => {
    expect(formatOf("application/json;q=high, application/yaml;q=0.9")).toBe("json");
    expect(formatOf("application/json;q=-1, application/yaml;q=0.9")).toBe("json");
    expect(formatOf("application/json;q=7, application/yaml;q=1")).toBe("yaml");
    expect(formatOf("application/json;q=, application/yaml;q=0.9")).toBe("json");
  });

  test("a long header costs no more than its length", () => {
    expect(formatOf(`${"a/b;c=d,".repeat(2_000)}application/json`)).toBe("json");
    expect(formatOf(`"${",;=".repeat(5_000)}`)).toBe(406);
    // Never closed, from each of its marks on: in proportion to the length, not to its square.
    const unclosed = (marks: number) => {
      const before = performance.now();
      for (let times = 0; times < 200_000 / marks; times += 1) formatOf(`"${'\\"'.repeat(marks)}`);
      return performance.now() - before;
    };
    unclosed(500);
    expect(unclosed(8_000) / unclosed(500)).toBeLessThan(8);
  });
});

describe("the format of problem details", () => {
  test.each([
    [null, "json"],
    ["*/*", "json"],
    ["application/yaml", "json"],
    ["text/html", "json"],
    ["application/problem+json", "json"],
    ["application/yaml, application/xml;q=0.5", "json"],
    ["application/xml", "xml"],
    ["application/problem+xml", "xml"],
    ["text/xml, application/json;q=0.5", "xml"],
  ])("for %s it is %s, and never a refusal", (accept, format) => expect(formatOfProblem(accept)).toBe(format));
});
