import { describe, expect, test } from "vitest";
import { formatSent } from "./format-sent.ts";

const formatOf = (contentType: string | null) => {
  const sent = formatSent(contentType);
  return sent.ok ? sent.value : sent.error;
};

describe("the format of a body", () => {
  test.each([
    ["application/json", "json"],
    ["application/merge-patch+json", "json"],
    ["Application/JSON; charset=UTF-8", "json"],
    ['application/json;charset="utf-8"', "json"],
    ["application/yaml", "yaml"],
    ["text/yaml", "yaml"],
    ["application/x-yaml", "yaml"],
    ["text/x-yaml;charset=us-ascii", "yaml"],
    ["application/vnd.oai.openapi+yaml", "yaml"],
    ["application/xml", "xml"],
    ["text/xml; charset=utf-8", "xml"],
    ["application/atom+xml", "xml"],
    [null, "yaml"],
    ["", "yaml"],
    ["  ", "yaml"],
  ])("%s is %s", (contentType, format) => expect(formatOf(contentType)).toBe(format));

  test.each([
    "text/plain",
    "text/html",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "json",
    "application/",
    "application/json text",
    "application/notjson",
    "constructor/constructor",
    "*/*",
  ])("%s is not read", (contentType) => {
    expect(formatOf(contentType)).toMatchObject({ status: 415, sentence: expect.stringContaining("application/yaml") });
  });

  test("whoever sends what curl declares by itself is told what to send", () => {
    expect(formatOf("application/x-www-form-urlencoded")).toMatchObject({
      status: 415,
      sentence: expect.stringContaining("Content-Type: application/yaml"),
    });
  });

  test("another character set than UTF-8 is refused", () => {
    expect(formatOf("application/json; charset=iso-8859-1")).toMatchObject({
      status: 415,
      sentence: expect.stringContaining("UTF-8"),
    });
  });
});
