import fc from "fast-check";
import { expect, test } from "vitest";
import { webAddress } from "./web-address.ts";

test.each([
  ["https://example.org/a.fits?x=1", "https://example.org/a.fits?x=1"],
  [" https://example.org/my data/M 31é.fits", "https://example.org/my%20data/M%2031%C3%A9.fits"],
  ["HTTPS://Example.org", "https://example.org/"],
  ["http:example.org/x", null],
  ["https:/example.org/x", null],
  ["https:///example.org/x", null],
  ["https://me:secret@example.org/", null],
  ["ftp://example.org/x", null],
  ["x", null],
  [`https://example.org/${"é".repeat(1000)}`, null],
])("“%s” is fetched as %s", (text, address) => {
  expect(webAddress(text)).toBe(address);
});

test("whatever is fetched has neither spaces nor letters beyond ASCII", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (path) => {
      expect(webAddress(`https://example.org/${path}`)).toMatch(/^[!-~]+$/);
    }),
  );
});
