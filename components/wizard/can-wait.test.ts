import { expect, test } from "vitest";
import { no, type RefusalCode } from "#lib/booking/refusal.ts";
import { canWaitFor } from "./can-wait.ts";

const refusal = (code: RefusalCode, slot?: number) => no(code, "", slot === undefined ? {} : { slot }).error;

test("one waits for what others or time can give back", () => {
  for (const code of ["NO_CAPACITY", "SLOT_CLOSED", "BUDGET_REACHED"] as const) {
    expect(canWaitFor([refusal(code)]), code).toBe(true);
  }
  expect(canWaitFor([refusal("QUOTA_REACHED", 1)])).toBe(true);
});

test("one does not wait for what waiting does not change", () => {
  expect(canWaitFor([])).toBe(false);
  for (const code of ["BEYOND_PLATFORM", "OUTSIDE_WINDOW", "QUOTA_REACHED", "ALREADY_WAITING"] as const) {
    expect(canWaitFor([refusal(code)]), code).toBe(false);
    expect(canWaitFor([refusal("NO_CAPACITY"), refusal(code)]), code).toBe(false);
  }
});
