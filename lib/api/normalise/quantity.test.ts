import { expect, test } from "vitest";
import type { Notes } from "./notes.ts";
import { type Counted, quantity } from "./quantity.ts";

const read = (value: unknown, counted: Counted = "GiB") => {
  const notes: Notes = [];
  return { value: quantity({ value, path: "/memory" }, counted, notes), notes };
};

test.each<[unknown, Counted, unknown]>([
  [{ requested: { min: 2, max: 4 }, offered: { min: 2 } }, "GiB", { min: 2, max: 4 }],
  [{ requested: 4 }, "cores", { min: 4 }],
  [{ requested: "16GiB" }, "GiB", { min: 16 }],
  [{ requested: "16 GiB" }, "GiB", { min: 16 }],
  [{ requested: "2048 MiB" }, "GiB", { min: 2 }],
  [{ requested: "4" }, "cores", { min: 4 }],
  [{ min: 4, units: "none" }, "cores", { min: 4 }],
  [{ min: 4, units: "cores" }, "cores", { min: 4 }],
  [{ requested: { min: 500, max: 2500, units: "m cores" } }, "cores", { min: 1, max: 2 }],
  [{ requested: { min: 3000 }, units: "milli cores" }, "cores", { min: 3 }],
  [{ min: 4, units: "GiB" }, "GiB", { min: 4 }],
  [{ min: 1_048_576, units: "KiB" }, "GiB", { min: 1 }],
  [{ min: 2048, max: 5000, units: "Mi bytes" }, "GiB", { min: 2, max: 4 }],
  [{ min: 1, units: "TiB" }, "GiB", { min: 1024 }],
  [{ min: 1, units: "PiB" }, "GiB", { min: 1_048_576 }],
  [{ min: 1, units: "kB" }, "GiB", { min: 1 }],
  [{ min: 2147.483648, units: "MB" }, "GiB", { min: 2 }],
  [{ min: 16, max: 16, units: "GB" }, "GiB", { min: 15, max: 15 }],
  [{ min: 1, max: 2, units: "TB" }, "GiB", { min: 932, max: 1862 }],
  [{ min: 1, units: "PB" }, "GiB", { min: 931_323 }],
  [{ min: 1.2, max: 3.8 }, "GiB", { min: 2, max: 3 }],
  // A most is never rounded below the least.
  [{ min: 1.2, max: 1.5 }, "GiB", { min: 2, max: 2 }],
])("%j of %s is %j", (value, counted, expected) => {
  const { value: now, notes } = read(value, counted);
  expect(now).toEqual(expected);
  expect(notes.length).toBeGreaterThan(0);
  for (const { kind, level } of notes) expect([kind, level]).toEqual(["urn:deprecated-input", "INFO"]);
});

test("an amount of version 1.0 stays as it is, even an impossible one", () => {
  for (const value of [
    {},
    { min: 1 },
    { min: 4, max: 2 },
    { min: -1 },
    { min: "4" },
    4,
    "16",
    null,
    { max: 2 ** 60 },
  ]) {
    expect(read(value)).toEqual({ value, notes: [] });
  }
});

test("a most that was below the least stays below it, so that it is refused", () => {
  expect(read({ min: 2.5, max: 1.5 }).value).toEqual({ min: 3, max: 1 });
});

test("an unknown unit and an amount that is none make the answer NO", () => {
  expect(read({ min: 4, units: "parsec" }).notes).toMatchObject([
    { kind: "urn:invalid-value", level: "ERROR", values: { path: "/memory/units", used: "parsec", counted: "GiB" } },
  ]);
  expect(read({ min: 4, units: "GiB" }, "cores").notes).toMatchObject([{ kind: "urn:invalid-value", level: "ERROR" }]);
  for (const requested of ["much", [4], true, `${" ".repeat(100_000)}x`]) {
    expect(read({ requested }).notes).toMatchObject([{ kind: "urn:bad-value", level: "ERROR" }]);
  }
});
