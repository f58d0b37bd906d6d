import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { cadcAt, configure } from "#lib/testing/delegation.ts";
import { cadcProviders } from "./cadc-sign-in.ts";
import type { Arrival, Welcome } from "./provider-sign-in.ts";

const HOUR = 3_600_000;

let skaha: Skaha;
let said: ReturnType<typeof vi.spyOn>;
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: null });
  said = vi.spyOn(console, "error").mockImplementation(() => undefined);
});
beforeEach(async () => {
  await skaha.reset();
  said.mockClear();
  configure({ providers: [cadcAt(skaha.url)] });
});
afterAll(() => skaha.stop());

/** Signs in as the form of the page does. */
async function signIn(username: string, password: string, welcome: Welcome = async () => ({ userId: "here" })) {
  const arrivals: Arrival[] = [];
  const [provider] = cadcProviders((arrival, now) => {
    arrivals.push(arrival);
    return welcome(arrival, now);
  });
  const { authorize } = (provider as unknown as { options: { authorize: (given: object) => Promise<unknown> } })
    .options;
  const answer = await authorize({ username, password }).catch((error: unknown) => error);
  return { answer, arrivals };
}

test("an account of CADC is who CADC says, with a certificate of a week", async () => {
  const { answer, arrivals } = await signIn("alice", "alice-password");
  expect(answer).toEqual({ id: "here" });
  const [arrival] = arrivals;
  expect(arrival).toMatchObject({ identity: { provider: "cadc", subject: "alice" }, secret: { kind: "certificate" } });
  expect((arrival?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(6 * 24 * HOUR);
  const { secret } = arrival ?? {};
  if (secret?.kind !== "certificate") throw new Error("no certificate");
  expect(new X509Certificate(secret.certificate).subject).toContain("alice");
  expect(JSON.stringify(arrivals)).not.toContain("alice-password");
});

test("where no certificates are made the login's own token is kept, which is good for two days", async () => {
  configure({ providers: [{ ...cadcAt(skaha.url), certificate: null }] });
  const { arrivals } = await signIn("alice", "alice-password");
  expect(arrivals).toMatchObject([{ secret: { kind: "token" } }]);
  expect((arrivals[0]?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(47 * HOUR);
});

test("a certificate that cannot be made is no reason not to sign in", async () => {
  skaha.cadc({ outage: { kind: "503", path: "generate" } });
  const { answer, arrivals } = await signIn("alice", "alice-password");
  expect(answer).toEqual({ id: "here" });
  expect(arrivals).toMatchObject([{ secret: { kind: "token" } }]);
});

test.each([
  ["alice", "wrong"],
  ["nobody", "alice-password"],
  ["", ""],
  ["x".repeat(65), "y"],
])("%j with %j is nobody", async (username, password) => {
  expect(await signIn(username, password)).toEqual({ answer: null, arrivals: [] });
});

test.each(["500", "503", "html", "reset"] as const)(
  "CADC's trouble (%s) is told as that, not as a wrong password",
  async (kind) => {
    skaha.cadc({ outage: { kind, path: "login" } });
    const { answer } = await signIn("alice", "alice-password");
    expect(answer).toMatchObject({ message: "unwell" });
    expect(JSON.stringify(said.mock.calls)).not.toContain("alice-password");
  },
);

test("an account that is somebody else's here is told as that", async () => {
  const { answer } = await signIn("alice", "alice-password", async () => ({ refused: "another" }));
  expect(answer).toMatchObject({ message: "another" });
});

test("nobody tries passwords for ever", async () => {
  let last: unknown;
  for (let time = 0; time < 25; time++) last = (await signIn("bob", "guess")).answer;
  expect(last).toMatchObject({ message: "many" });
});
