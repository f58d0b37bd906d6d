import { describe, expect, test } from "vitest";
import { makeCircuit } from "./circuit.ts";
import { SkahaError, unwell } from "./skaha-error.ts";

const failing = () => Promise.reject(new SkahaError(unwell("job of abcd1234 is broken", { brief: "HTTP 500" })));
const refused = () => Promise.reject(new SkahaError({ kind: "refused", text: "no" }));
const well = () => Promise.resolve("yes");

function opened() {
  const clock = { now: 0 };
  const circuit = makeCircuit({ failures: 3, firstMs: 1000, mostMs: 5000, now: () => clock.now });
  const fail = () => circuit.run(failing).catch((error: unknown) => String(error));
  return { clock, circuit, fail };
}

test("it opens after so many failures in a row, and then nobody asks", async () => {
  const { circuit, fail } = opened();
  await fail();
  await fail();
  await circuit.run(well);
  await fail();
  await fail();
  expect(circuit.state()).toEqual({ state: "closed" });
  await fail();
  expect(circuit.state()).toEqual({ state: "open", failures: 3, asksAgainAt: 1000, why: "HTTP 500" });
  let isAsked = false;
  await expect(circuit.run(async () => (isAsked = true))).rejects.toThrow(
    "it failed again and again (HTTP 500), and is left alone for a moment",
  );
  expect(isAsked).toBe(false);
});

test("when its time is over one call tries, the others wait for what comes of it", async () => {
  const { clock, circuit, fail } = opened();
  for (const _ of [1, 2, 3]) await fail();
  clock.now = 1000;
  let answer = (_: string) => {};
  const trying = circuit.run(() => new Promise<string>((resolve) => (answer = resolve)));
  await expect(circuit.run(well)).rejects.toThrow("left alone");
  await expect(circuit.run(well)).rejects.toMatchObject({ trouble: { retryAfterMs: 1000, isLeftAlone: true } });
  answer("yes");
  expect(await trying).toBe("yes");
  expect(circuit.state()).toEqual({ state: "closed" });
  expect(await circuit.run(well)).toBe("yes");
});

test("each failed try doubles the wait, up to the most", async () => {
  const { clock, circuit, fail } = opened();
  for (const _ of [1, 2, 3]) await fail();
  const waits: number[] = [];
  for (let tries = 0; tries < 4; tries++) {
    const state = circuit.state();
    if (state.state !== "open") throw new Error("it is closed");
    waits.push(state.asksAgainAt - clock.now);
    clock.now = state.asksAgainAt;
    await fail();
  }
  expect(waits).toEqual([1000, 2000, 4000, 5000]);
});

test("a refusal is an answer: it closes the circuit", async () => {
  const { clock, circuit, fail } = opened();
  for (const _ of [1, 2, 3]) await fail();
  clock.now = 1000;
  await expect(circuit.run(refused)).rejects.toThrow("CANFAR refused it: no");
  expect(circuit.state()).toEqual({ state: "closed" });
});

const unreached = () => Promise.reject(new SkahaError(unwell("ECONNREFUSED", { isUnreached: true })));

describe("of several people", () => {
  const several = () => {
    const { clock, circuit } = opened();
    return {
      clock,
      circuit,
      fails: (whose: string, call = failing) => circuit.run(call, whose).catch(() => undefined),
      isAsked: async (whose: string) => {
        let isAsked = false;
        await circuit.run(async () => (isAsked = true), whose).catch(() => undefined);
        return isAsked;
      },
    };
  };

  test("one whose calls fail is left alone, and the others are not", async () => {
    const { clock, circuit, fails, isAsked } = several();
    await circuit.run(well, "bob");
    await circuit.run(well, "alice");
    for (const _ of [1, 2, 3]) await fails("alice");
    expect(circuit.state()).toEqual({ state: "closed" });
    expect(await isAsked("alice")).toBe(false);
    await expect(circuit.run(well, "alice")).rejects.toMatchObject({
      trouble: { retryAfterMs: 1000, isLeftAlone: true },
    });
    expect(await isAsked("bob")).toBe(true);
    expect(await isAsked("carol")).toBe(true);
    expect(await isAsked("alice")).toBe(false);
    clock.now = 1000;
    await fails("alice");
    clock.now = 2999;
    expect(await isAsked("alice")).toBe(false);
    clock.now = 3000;
    expect(await isAsked("alice")).toBe(true);
    expect(await isAsked("alice")).toBe(true);
  });

  test("failures in a row of two are the platform's", async () => {
    const { clock, circuit, fails, isAsked } = several();
    await circuit.run(well, "carol");
    await fails("alice");
    await fails("bob");
    expect(circuit.state()).toEqual({ state: "closed" });
    await fails("alice");
    expect(circuit.state()).toEqual({ state: "open", failures: 3, asksAgainAt: 1000, why: "HTTP 500" });
    for (const whose of ["alice", "bob", "carol"]) expect(await isAsked(whose)).toBe(false);
    clock.now = 1000;
    expect(await isAsked("carol")).toBe(true);
    expect(await isAsked("alice")).toBe(true);
  });

  test("what was everybody's trouble is over for everybody, also for one who failed more often than the others", async () => {
    const { clock, circuit, fails, isAsked } = several();
    for (const whose of ["bob", "alice", "alice", "alice"]) await fails(whose);
    clock.now = 10_000;
    await circuit.run(well, "bob");
    for (const _ of [1, 2]) await fails("alice");
    expect(await isAsked("alice")).toBe(true);
  });

  test("one is enough when there is no connection, as often as it takes in a row", async () => {
    const { clock, circuit, fails, isAsked } = several();
    await circuit.run(well, "bob");
    await fails("alice", unreached);
    await fails("alice");
    await fails("alice", unreached);
    clock.now = 1000;
    await fails("alice", unreached);
    expect(circuit.state()).toEqual({ state: "closed" });
    clock.now = 3000;
    await fails("alice", unreached);
    expect(circuit.state()).toMatchObject({ state: "open", why: "ECONNREFUSED" });
    expect(await isAsked("bob")).toBe(false);
  });

  test("one is enough when nobody else was answered lately; who comes then shows whose trouble it is", async () => {
    const { clock, circuit, fails, isAsked } = several();
    await circuit.run(well, "bob");
    clock.now = 5000;
    for (const _ of [1, 2, 3]) await fails("alice");
    expect(circuit.state()).toMatchObject({ state: "open", failures: 3 });
    expect(await isAsked("alice")).toBe(false);
    expect(await isAsked("bob")).toBe(true);
    expect(circuit.state()).toEqual({ state: "closed" });
    expect(await isAsked("alice")).toBe(false);

    clock.now = 20_000;
    await fails("alice");
    for (const _ of [1, 2]) {
      clock.now += 10_000;
      await fails("alice");
    }
    expect(circuit.state()).toMatchObject({ state: "open" });
    await fails("bob");
    expect(await isAsked("bob")).toBe(false);
    expect(await isAsked("carol")).toBe(false);
  });
});
