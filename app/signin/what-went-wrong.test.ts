import { expect, test } from "vitest";
import { whatWentWrong } from "./what-went-wrong.ts";

test("an address that says nothing is no trouble", () => {
  expect(whatWentWrong({ from: "/calendar" })).toBeNull();
});

test.each([
  [{ refused: "another" }, /belongs to somebody else/],
  [{ refused: "trouble" }, /could not be signed in/],
  [{ error: "OAuthSignin" }, /does not answer/],
  [{ error: "OAuthCallback" }, /sent you back/],
  [{ error: ["a", "b"] }, /did not work/],
])("%j is told in a sentence", (asked, sentence) => {
  expect(whatWentWrong(asked)).toMatch(sentence);
});

test("words of the address are never shown", () => {
  expect(whatWentWrong({ error: "<b>Call 555</b>", refused: undefined })).not.toContain("555");
  expect(whatWentWrong({ refused: "Call 555" })).not.toContain("555");
});
