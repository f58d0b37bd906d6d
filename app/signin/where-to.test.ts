import { expect, test } from "vitest";
import { whereTo } from "./where-to.ts";

test("the door leads back to the page one came from", () => {
  expect(whereTo("/sessions/0197-abc")).toBe("/sessions/0197-abc");
});

test.each([undefined, "", "//evil.example", "/\\evil.example", "https://evil.example", ["/sessions", "/x"]])(
  "%j leads to the calendar",
  (from) => {
    expect(whereTo(from)).toBe("/calendar");
  },
);
