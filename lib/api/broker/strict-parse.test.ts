import { expect, test } from "vitest";
import { z } from "zod";
import { strictParse } from "./strict-parse.ts";

const schema = z.strictObject({
  name: z.string(),
  mode: z.enum(["a", "b"]).optional(),
  list: z.array(z.strictObject({ x: z.number().optional() })).optional(),
});

// One copy of the body for each of them would take minutes.
test("ten thousand unknown fields are left out in one walk, wherever they are", () => {
  const known = { name: "m31", list: Array.from({ length: 5_000 }, () => ({ x: 1, y: 2 })) };
  const extra = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x${index}`, { index }]));
  const read = strictParse(schema, { ...known, ...extra });
  expect(read.ok && read.unknown.length).toBe(10_000);
  expect(read.ok && read.value).toEqual({ name: "m31", list: known.list.map(() => ({ x: 1 })) });
}, 3_000);

test("a text that is none of those allowed is an error, or named and left out", () => {
  const body = { name: "m31", mode: "c" };
  expect(strictParse(schema, body)).toMatchObject({ ok: false, error: [{ path: "/mode" }] });
  expect(strictParse(schema, body, { withValues: true })).toEqual({
    ok: true,
    value: { name: "m31" },
    unknown: [],
    strange: [{ path: "/mode", value: "c", allowed: ["a", "b"] }],
  });
  expect(strictParse(schema, { name: "m31", mode: 3 }, { withValues: true })).toMatchObject({ ok: false });
});

test("a strange text in a list, or alone, is an error", () => {
  const mode = z.enum(["a"]);
  expect(strictParse(z.array(mode), ["b"], { withValues: true })).toMatchObject({ ok: false, error: [{ path: "/0" }] });
  expect(strictParse(mode, "b", { withValues: true })).toMatchObject({ ok: false, error: [{ path: "" }] });
});
