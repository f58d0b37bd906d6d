import { expect, test } from "vitest";
import { RateLimiter, rateLimit } from "./rate-limit.ts";

const once = { perSecond: 1, burst: 1 };
const limiter = (most?: number) => new RateLimiter({ read: once, write: once, refused: once }, most);

test("reading and writing, and two people, have buckets of their own", () => {
  const rates = limiter();
  for (const [kind, who] of [
    ["read", "ada"],
    ["write", "ada"],
    ["read", "bob"],
  ] as const) {
    expect(rates.take(kind, who, 0).ok).toBe(true);
    expect(rates.take(kind, who, 0)).toEqual({ ok: false, retryAfterSeconds: 1 });
  }
});

test("those whom we do not know share one bucket", () => {
  const rates = limiter();
  expect(rates.take("refused", "one", 0).ok).toBe(true);
  expect(rates.take("refused", "another", 0).ok).toBe(false);
});

test("so many callers are remembered and no more: the one who was silent for longest is forgotten", () => {
  const rates = limiter(100);
  rates.take("read", "ada", 0);
  for (let caller = 0; caller < 1000; caller++) {
    rates.take("read", `caller ${caller}`, 0);
    expect(rates.take("read", "ada", 0).ok).toBe(false);
  }
  expect(rates.size).toBe(100);
  expect(rates.take("read", "caller 0", 0).ok).toBe(true);
  expect(rates.take("read", "caller 999", 0).ok).toBe(false);
});

test("unless the environment says otherwise one may read 200 times at once and write 60 times", () => {
  const count = (kind: "read" | "write") => {
    let times = 0;
    while (rateLimit(kind, "somebody", 0).ok) times++;
    return times;
  };
  expect([count("read"), count("write")]).toEqual([200, 60]);
});
