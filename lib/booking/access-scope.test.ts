import fc from "fast-check";
import { expect, test } from "vitest";
import { scopes, scopesOf, scopesThatCount } from "./access-scope.ts";

test("an administrator may allow everything, everybody else all but “admin”", () => {
  expect(scopesOf("administrator")).toEqual(["read", "book", "admin"]);
  expect(scopesOf("scientist")).toEqual(["read", "book"]);
});

test("what a former administrator allowed loses “admin” with the role", () => {
  expect(scopesThatCount(["read", "admin"], "administrator")).toEqual(new Set(["read", "admin"]));
  expect(scopesThatCount(["read", "admin"], "scientist")).toEqual(new Set(["read"]));
});

test("whatever was given, nothing counts that was not given or that the role does not have", () => {
  const words = fc.array(fc.oneof(fc.constantFrom(...scopes), fc.constantFrom("constructor", "READ", ""), fc.string()));
  fc.assert(
    fc.property(words, fc.constantFrom("scientist", "administrator"), (given, role) => {
      for (const one of scopesThatCount(given, role)) {
        expect(given).toContain(one);
        expect(scopesOf(role)).toContain(one);
      }
      for (const one of scopesOf(role)) if (given.includes(one)) expect(scopesThatCount(given, role)).toContain(one);
    }),
  );
});
