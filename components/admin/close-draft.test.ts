import { expect, test } from "vitest";
import { atAnotherTime, atEdge, type CloseDraft, closeForm, readTime, withStart } from "./close-draft.ts";

const hour = 3_600_000;
const two = Date.parse("2026-11-24T19:00:00Z");
const zone = "America/Toronto";
const draft: CloseDraft = { from: atEdge(two), until: atEdge(two + hour), reason: " disks ", policy: "keep" };

test("another time begins with the one that was chosen, in the viewer's zone", () => {
  const typed = atAnotherTime(atEdge(two), zone);
  expect(typed.text).toBe("2026-11-24T14:00");
  expect(readTime(typed, zone)).toBe(two);
});

test("a later start takes the end with it, an earlier one leaves it", () => {
  expect(withStart(draft, atEdge(two + 3 * hour), hour, zone).until).toEqual(atEdge(two + 4 * hour));
  expect(withStart(draft, atEdge(two - hour), hour, zone).until).toEqual(draft.until);
  const typed = withStart(draft, { edge: null, text: "2026-12-01T08:30" }, hour, zone);
  expect(typed.until).toEqual({ edge: null, text: "2026-12-01T09:30" });
});

test("what is sent is the span and the reason; a time that cannot be read is not sent", () => {
  expect(closeForm("7", draft, zone)).toEqual({
    accountId: "7",
    close: { from: two, until: two + hour, reason: "disks" },
    policy: "keep",
  });
  expect(closeForm("7", { ...draft, until: { edge: null, text: "soon" } }, zone)).toBeNull();
});
