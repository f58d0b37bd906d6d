import { expect, test } from "vitest";
import { apiBaseUrl, publicAddress } from "./base-url.ts";

test.each([
  [{ NEXTAUTH_URL: "https://meridian.example.org" }, "https://meridian.example.org/api/broker/v1"],
  [{ NEXTAUTH_URL: "https://meridian.example.org/" }, "https://meridian.example.org/api/broker/v1"],
  [{ NEXTAUTH_URL: "https://example.org/meridian/api/auth" }, "https://example.org/meridian/api/broker/v1"],
  [{ NEXTAUTH_URL: "https://example.org:8443/sky/" }, "https://example.org:8443/sky/api/broker/v1"],
  [{ NEXTAUTH_URL: "", PORT: "3100" }, "http://127.0.0.1:3100/api/broker/v1"],
  [{}, "http://127.0.0.1:3000/api/broker/v1"],
])("the API of %j is at %s", (variables, address) => {
  expect(apiBaseUrl(variables)).toBe(address);
});

test("an address that is none is not guessed at", () => {
  expect(() => publicAddress({ NEXTAUTH_URL: "meridian" })).toThrow(TypeError);
});
