import { Agent, fetch } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { createAuthority, type Pair } from "./certificate-authority.ts";
import { DAY_MS, NOTEBOOK, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();

/** Asks at the address with TLS, with this certificate. */
async function ask(
  pair: Pair | null,
  path: string,
  { token, ...init }: { token?: string; method?: string; body?: URLSearchParams } = {},
) {
  const own = pair && { cert: pair.certificate, key: pair.key };
  const agent = new Agent({ connect: { ca: skaha().ca, ...own } });
  onTestFinished(() => agent.destroy());
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(`${skaha().tlsUrl}${path}`, { ...init, headers, dispatcher: agent });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** As CADC makes it. */
async function certificateOf(user: string, days = 1): Promise<Pair> {
  const said = await ask(null, `/cred/generate?daysValid=${days}`, { token: `${user}-token` });
  const [certificate = "", key = ""] = said.text.split(/(?=-----BEGIN PRIVATE KEY)/);
  return { certificate, key };
}

test("whoever has a certificate may make, see and end sessions without a token", async () => {
  const alice = await certificateOf("alice");
  const body = new URLSearchParams({ image: NOTEBOOK, name: "first", type: "notebook" });
  const made = await ask(alice, "/skaha/v1/session", { method: "POST", body });
  expect(made.status).toBe(200);
  expect(made.headers.get("x-vo-authenticated")).toBe("alice");
  const address = `/skaha/v1/session/${made.text.trim()}`;
  expect(JSON.parse((await ask(alice, address)).text)).toMatchObject({ userid: "alice", name: "first" });
  expect((await ask(await certificateOf("bob"), address)).status).toBe(404);
  expect((await ask(alice, address, { method: "DELETE" })).status).toBe(200);
  expect((await ask(alice, address)).status).toBe(404);
});

test("a token is worth the same with TLS, and goes before a certificate", async () => {
  const said = await ask(null, "/skaha/v1/session", { token: "bob-token" });
  expect([said.status, said.headers.get("x-vo-authenticated")]).toEqual([200, "bob"]);
  const both = await ask(await certificateOf("alice"), "/skaha/v1/session", { token: "bob-token" });
  expect(both.headers.get("x-vo-authenticated")).toBe("bob");
  expect((await ask(await certificateOf("alice"), "/skaha/v1/session", { token: "made-up" })).status).toBe(401);
});

test("with neither it is anonymous", async () => {
  expect((await ask(null, "/skaha/v1/session")).text).toBe("cannot get group memberships for anonymous\n");
});

test("a certificate is good until it expires by the platform's clock, also after that was moved", async () => {
  const alice = await certificateOf("alice", 1);
  skaha().clock({ forwardMs: DAY_MS - 60_000 });
  expect((await ask(alice, "/skaha/v1/session")).status).toBe(200);
  skaha().clock({ forwardMs: 60_000 });
  const said = await ask(alice, "/skaha/v1/session");
  expect([said.status, said.text]).toEqual([401, "certificate for alice has expired"]);
  expect(said.headers.get("www-authenticate")).toContain("ivoa_x509");
  expect((await ask(await certificateOf("alice", 1), "/skaha/v1/session")).status).toBe(200);
  await skaha().reset();
  skaha().clock({ forwardMs: DAY_MS });
  const later = await certificateOf("alice");
  await skaha().reset();
  expect((await ask(later, "/skaha/v1/session")).text).toBe("certificate for alice is not valid yet");
});

test("one that another authority has signed is worth nothing", async () => {
  const wanted = { name: "alice", from: Date.now() - 60_000, until: Date.now() + DAY_MS };
  const foreign = await (await createAuthority()).issue(wanted);
  const said = await ask(foreign, "/skaha/v1/session");
  expect([said.status, said.text]).toEqual([401, "certificate is not signed by a known authority"]);
});

test("somebody outside the group is refused, and somebody who is not there any more is nobody", async () => {
  const said = await ask(await certificateOf("mallory"), "/skaha/v1/session");
  expect([said.status, said.text]).toEqual([403, "Not authorized to use the skaha system\n"]);
  skaha().users({ name: "eve" });
  skaha().tokens({ user: "eve", token: "eve-token" });
  const eve = await certificateOf("eve");
  await skaha().reset();
  expect((await ask(eve, "/skaha/v1/session")).status).toBe(401);
});

test("a certificate cannot make another", async () => {
  const said = await ask(await certificateOf("alice"), "/cred/generate?daysValid=1");
  expect(said.status).toBe(403);
  expect(said.text).not.toContain("BEGIN");
});
