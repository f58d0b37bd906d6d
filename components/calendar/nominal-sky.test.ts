import { expect, test } from "vitest";
import { skyAt, skyOver, skyStrip } from "./nominal-sky.ts";

test("night is dark, noon is day, and dusk lies between", () => {
  expect(skyAt(0)).toBe("var(--color-sky-dark)");
  expect(skyAt(12)).toBe("var(--color-sky-day)");
  expect(skyAt(18)).toBe("var(--color-sky-dusk)");
  expect(skyAt(24)).toBe("var(--color-sky-dark)");
  expect(skyAt(17.5)).toBe("color-mix(in oklab, var(--color-sky-day), var(--color-sky-dusk) 50%)");
});

test("the sky is that of the viewer's zone", () => {
  const at = Date.parse("2026-11-24T03:00:00Z");
  expect(skyOver(at, "UTC")).toBe("var(--color-sky-dark)");
  expect(skyOver(at, "Asia/Tokyo")).toBe("var(--color-sky-day)");
  expect(skyStrip(at, at + 6 * 3_600_000, "UTC")).toMatch(/^linear-gradient\(90deg, var\(--color-sky-dark\)/);
});
