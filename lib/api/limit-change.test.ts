import { expect, test } from "vitest";
import { parseLimitChange } from "./limit-change.ts";

const change = (limits: unknown) => parseLimitChange({ accountId: "1", limits, policy: "keep" });

test("amounts may come as text, an empty budget is no budget", () => {
  expect(change({ cores: "16", memoryGiB: 64, coreHours: "", gpuHours: null })).toEqual({
    ok: true,
    value: { accountId: "1", limits: { cores: 16, memoryGiB: 64, coreHours: null, gpuHours: null }, policy: "keep" },
  });
});

test.each([[""], [null], [[]], [true], ["0x10"], ["1e3"], [-1], ["-1"], [0.5], [Number.NaN], [1e300], [{}], [" "]])(
  "%j is no number of cores",
  (cores) => {
    expect(change({ cores })).toMatchObject({ ok: false, error: [{ code: "INVALID_REQUEST", field: "cores" }] });
  },
);

test.each([null, undefined, 7, "x", [], { accountId: "1" }, { accountId: "1; DROP", policy: "keep" }])(
  "%j is no change of limits",
  (input) => {
    expect(parseLimitChange(input).ok).toBe(false);
  },
);

test("slots are closed with a reason, opened without", () => {
  const close = (reason: unknown) =>
    parseLimitChange({ accountId: "1", close: { from: 0, until: 1, reason }, policy: "keep" });
  expect(close("disks").ok).toBe(true);
  expect(close(null).ok).toBe(true);
  expect(close(" ")).toMatchObject({ error: [{ field: "close" }] });
  expect(close("x".repeat(201))).toMatchObject({ error: [{ field: "close" }] });
});
