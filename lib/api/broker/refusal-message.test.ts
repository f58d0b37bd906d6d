import { expect, test } from "vitest";
import type { RefusalCode } from "#lib/booking/refusal.ts";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { refusalMessage } from "./refusal-message.ts";
import { wayMessage } from "./way-message.ts";

test.each<[RefusalCode, string]>([
  ["NO_CAPACITY", "/schedule/requested/start"],
  ["SLOT_CLOSED", "/schedule/requested/start"],
  ["QUOTA_REACHED", "/"],
  ["NOT_ALLOWED", "/"],
])("a refusal %s says that it is about %s", (code, path) => {
  expect(refusalMessage({ code, sentence: "No." }, "here").values.path).toBe(path);
});

test("a refusal of a field is about that field", () => {
  expect(refusalMessage({ code: "INVALID_REQUEST", sentence: "No.", field: "cores" }, null).values.path).toBe(
    "/compute/cores/min",
  );
});

test("what could be had instead is about the start", () => {
  const request: ExecutionRequest = {
    executable: { type: "notebook", image: null },
    resources: { cores: 1, memoryGiB: 1, gpus: 0 },
    durationSlots: 1,
    start: { kind: "now" },
  };
  expect(wayMessage({ kind: "later", startsAt: 0, endsAt: 1, request }, "here").values.path).toBe(
    "/schedule/requested/start",
  );
});
