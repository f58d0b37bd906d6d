import { describe, expect, test } from "vitest";
import { writeBody } from "./write-body.ts";

const yaml = (value: unknown) => writeBody(value, "yaml").text;

describe("an answer", () => {
  test("has the content type of its format", () => {
    expect(writeBody({}, "json").contentType).toBe("application/json");
    expect(writeBody({}, "yaml").contentType).toBe("application/yaml; charset=utf-8");
  });

  test.each(["json", "yaml"] as const)("in %s leaves out what is not there, and writes no null for it", (format) => {
    const { text } = writeBody({ a: undefined, b: { c: undefined }, d: [1, undefined] }, format);
    expect(text).not.toContain("null");
    expect(text).not.toContain("a");
    expect(text).not.toContain("c");
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, new Date(0), new Map(), undefined, () => 1, Symbol("a")])(
    "is never made of what JSON cannot say: %s",
    (value) => {
      expect(() => writeBody({ inside: [value] }, "json")).not.toThrow(RangeError);
      if (value !== undefined) expect(() => writeBody({ inside: [value] }, "yaml")).toThrow(TypeError);
    },
  );

  test("says where it is that cannot be written", () => {
    expect(() => writeBody({ a: [undefined, { b: [0, new Date(0)] }] }, "json")).toThrow("/a/0/b/1");
    expect(() => writeBody(new Map(), "json")).toThrow("the top");
    expect(() => writeBody(JSON.parse('{"a":{"__proto__":{"b":1}}}'), "json")).toThrow("/a/__proto__");
  });

  test("has no half of a surrogate pair in it", () => {
    expect(writeBody({ a: "x\ud800y" }, "json").text).toBe('{"a":"x\ufffdy"}');
    expect(yaml({ a: "x\ud800y" })).toContain("x\ufffdy");
  });
});

describe("YAML for readers of 1.1 as well", () => {
  test.each(["YES", "NO", "yes", "On", "off", "y", "N", "True", "null", "~", ""])("quotes %j", (word) => {
    expect(yaml({ a: word })).toBe(`a: "${word}"\n`);
    expect(yaml({ [word]: 1 })).toBe(`"${word}": 1\n`);
  });

  test.each([
    "2026-09-01",
    "2026-09-01T09:00:00Z",
    "1:20",
    "010",
    "0b1",
    "1_000",
    ".5",
    "1e3",
    ".inf",
    "=",
    "<<",
    "+1",
  ])("quotes what looks like a time or a number: %s", (text) => expect(yaml({ a: text })).toBe(`a: "${text}"\n`));

  test("leaves what is plain as it is", () => {
    expect(yaml({ kind: "https://example.org/a.yaml", path: "/phase", cores: 4, ratio: 0.5, on: true })).toBe(
      'kind: https://example.org/a.yaml\npath: /phase\ncores: 4\nratio: 0.5\n"on": true\n',
    );
  });

  test("gives numbers with an exponent a point, without which they would be text", () => {
    expect(yaml({ a: 1e-7, b: 1e21, c: 1.5e300 })).toBe("a: 1.0e-7\nb: 1.0e+21\nc: 1.5e+300\n");
  });

  test("escapes line ends that only some readers know, and what is no character", () => {
    expect(yaml({ a: "x\u2028y\u0085z\0\u007f" })).toBe('a: "x\\u2028y\\u0085z\\0\\u007f"\n');
  });

  test("repeats what appears twice, without anchors, and folds no lines", () => {
    const shared = { text: "a word ".repeat(40).trim() };
    const text = yaml({ one: shared, two: shared });
    expect(text).not.toMatch(/[&*]/);
    expect(text.split("\n")).toHaveLength(5);
  });
});
