import { expect, test } from "vitest";
import { challengeOf, scopeChallenge } from "./challenge.ts";
import { type NotInCode, notIn, sentences } from "./not-in.ts";

test("who showed no token is told where they are, and nothing of a token", () => {
  expect(challengeOf(notIn("anonymous"))).toBe('Bearer realm="Meridian"');
  expect(challengeOf(notIn("other-scheme"))).toBe('Bearer realm="Meridian"');
});

test("who showed one that is no good is told why", () => {
  expect(challengeOf(notIn("expired"))).toBe(
    'Bearer realm="Meridian", error="invalid_token", error_description="This token has expired."',
  );
});

test("whatever the sentence is, the header is one that can be sent", () => {
  for (const code of Object.keys(sentences) as NotInCode[])
    expect(challengeOf(notIn(code, 'Sky “IAM” says: "no" \\ nö…\r\nSet-Cookie: x'))).toMatch(/^[\x20-\x7e]*$/);
  expect(challengeOf(notIn("bad-token", 'a "b"\r\n'))).toContain("error_description=\"a 'b'??\"");
});

test("a token that was not made for this is told what it lacks", () => {
  expect(scopeChallenge("book")).toContain('error="insufficient_scope"');
  expect(scopeChallenge("book")).toContain('scope="book"');
});
