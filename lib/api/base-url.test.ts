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

test.each([
  ["http://127.0.0.1:3000", "localhost:3000", "http://localhost:3000/api/broker/v1"],
  ["http://localhost:3000", "[::1]:8080", "http://[::1]:8080/api/broker/v1"],
  ["http://127.0.0.1:3000/sky", "localhost:9000", "http://localhost:9000/sky/api/broker/v1"],
  ["http://127.0.0.1:3000", "evil.example.org", "http://127.0.0.1:3000/api/broker/v1"],
  ["http://127.0.0.1:3000", "localhost.example.org:3000", "http://127.0.0.1:3000/api/broker/v1"],
  ["http://127.0.0.1:3000", "a@localhost", "http://127.0.0.1:3000/api/broker/v1"],
  ["http://127.0.0.1:3000", "localhost/evil", "http://127.0.0.1:3000/api/broker/v1"],
  ["http://127.0.0.1:3000", "", "http://127.0.0.1:3000/api/broker/v1"],
  ["https://meridian.example.org", "localhost:3000", "https://meridian.example.org/api/broker/v1"],
])("on this machine, %s is asked as %s: it answers at %s", (NEXTAUTH_URL, host, address) => {
  expect(apiBaseUrl({ NEXTAUTH_URL }, host)).toBe(address);
});

test("an address that is none is not guessed at", () => {
  expect(() => publicAddress({ NEXTAUTH_URL: "meridian" })).toThrow(TypeError);
});
