import fc from "fast-check";
import { expect, test } from "vitest";
import { hashOf, isSecret, looksLikeSecret, newSecret } from "./token-secret.ts";

test("a new secret is one of ours, has 43 characters of chance, and is known by its hash", () => {
  const { secret, hash, hint } = newSecret();
  expect(secret).toMatch(/^mrd_[\w-]{49}$/);
  expect(isSecret(secret)).toBe(true);
  expect(hashOf(secret)).toEqual(hash);
  expect(secret.endsWith(hint)).toBe(true);
  expect(hint).toHaveLength(4);
});

test("no two are alike", () => {
  expect(new Set(Array.from({ length: 1000 }, () => newSecret().secret)).size).toBe(1000);
});

test("one that was cut off or mistyped is none", () => {
  const { secret } = newSecret();
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  fc.assert(
    fc.property(fc.integer({ min: 4, max: secret.length - 1 }), fc.constantFrom(...alphabet), (at, character) => {
      fc.pre(secret[at] !== character);
      expect(isSecret(secret.slice(0, at) + character + secret.slice(at + 1))).toBe(false);
      expect(isSecret(secret.slice(0, at))).toBe(false);
    }),
  );
  expect(isSecret(`${secret} `)).toBe(false);
  expect(isSecret(secret.replace("mrd_", "mrs_"))).toBe(false);
});

test("what means to be one is told from what is something else", () => {
  expect(looksLikeSecret("mrd_short")).toBe(true);
  expect(looksLikeSecret("eyJhbGciOiJSUzI1NiJ9.e30.x")).toBe(false);
});
