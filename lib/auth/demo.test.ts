import { expect, test } from "vitest";
import { isLoopback } from "#lib/is-loopback.ts";
import { decideDemo } from "./demo.ts";
import { demoPassword, hashPassword, isPassword } from "./password.ts";

test.each(["127.0.0.1", "127.9.9.9", "localhost", "::1"])(
  "%s is this machine alone, so demo people may sign in",
  (host) => {
    expect(decideDemo({ host, demo: "auto" }).allowed).toBe(true);
  },
);

test.each(["0.0.0.0", "::", "192.168.1.5", "meridian.example.org", "127.0.0.1.example.org"])(
  "on %s demo people may not sign in, unless it is forced",
  (host) => {
    expect(isLoopback(host)).toBe(false);
    const refused = decideDemo({ host, demo: "auto" });
    expect(refused.allowed ? "" : refused.why).toContain(host);
    expect(decideDemo({ host, demo: "force" }).allowed).toBe(true);
  },
);

test("switched off is off, on loopback too", () => {
  expect(decideDemo({ host: "127.0.0.1", demo: "off" }).allowed).toBe(false);
});

test("a password is known by its hash, and no other one is", async () => {
  const password = demoPassword();
  const hash = await hashPassword(password);
  expect(hash).not.toContain(password);
  expect(await isPassword(password, hash)).toBe(true);
  expect(await isPassword(`${password} `, hash)).toBe(false);
  expect(await isPassword("", null)).toBe(false);
});
