import { expect, test } from "vitest";
import { z } from "zod";
import { strictParse } from "./strict-parse.ts";

const schema = z.strictObject({
  name: z.string(),
  mode: z.enum(["a", "b"]).optional(),
  list: z.array(z.strictObject({ x: z.number().optional() })).optional(),
});

test("ten thousand unknown fields are left out in one walk, wherever they are", () => {
  let walks = 0;
  const known = { name: "m31", list: Array.from({ length: 5_000 }, () => ({ x: 1, y: 2 })) };
  const extra = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x${index}`, { index }]));
  const body = new Proxy({ ...known, ...extra }, {
    ownKeys: (target) => {
      walks += 1;
      return Reflect.ownKeys(target);
    },
  });
  const read = strictParse(schema, body);
  expect(read.ok && read.unknown.length).toBe(10_000);
  expect(read.ok && read.value).toEqual({ name: "m31", list: known.list.map(() => ({ x: 1 })) });
  // Once to find them and once to leave them out.
  expect(walks).toBeLessThan(5);
});

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
