import { expect, test } from "vitest";
import { kinds } from "../standard/kinds.ts";
import { readUpdate } from "./read-update.ts";

const uuid = "018f0000-0000-7000-8000-000000000000";

// Found by the fuzz suite.
test.each([10_001, -10_001, Number.MAX_SAFE_INTEGER])(
  "a change by %i slots names the number as what is wrong",
  (delta) => {
    const read = readUpdate({ kind: kinds.updates.integerDelta, path: "/schedule/available/duration", delta }, uuid, 0);
    expect(read).toMatchObject({ ok: false, error: { status: 422, path: "/delta" } });
  },
);

test.each(["path", "value", "kind"])("a %s of 20,000 characters is not said back in full", (field) => {
  const update = { kind: kinds.updates.enumValue, path: "/phase", value: "ACCEPTED", [field]: "x".repeat(20_000) };
  const read = readUpdate(update, uuid, 0);
  expect(read).toMatchObject({ ok: false, error: { status: 422, path: `/${field}` } });
  if (!read.ok) expect(read.error.detail.length).toBeLessThan(500);
});
