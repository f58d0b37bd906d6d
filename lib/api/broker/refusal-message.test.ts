import { expect, test } from "vitest";
import { type RefusalCode, refused } from "#lib/booking/refusal.ts";
import { refusalMessage } from "./refusal-message.ts";

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
