import type { Account, TokenSet } from "next-auth";
import { beforeAll, expect, test } from "vitest";
import { configure } from "#lib/testing/delegation.ts";
import { type Arrival, letIn, oidcProviders } from "./provider-sign-in.ts";

const NOW = Date.UTC(2026, 10, 26, 13);

beforeAll(() => {
  process.env.TEST_CLIENT_SECRET = "a-secret";
  const oidc = (name: string) => ({
    kind: "oidc" as const,
    name,
    title: name,
    issuer: "https://iam.example.org/",
    clientId: "meridian",
    clientSecret: { variable: "TEST_CLIENT_SECRET" },
    clientAuthentication: "client_secret_basic" as const,
    scope: "openid offline_access",
  });
  configure({ providers: [oidc("sky"), { ...oidc("sea"), prompt: "consent" }] });
});

function providerNamed(name: string) {
  const provider = oidcProviders().find(({ id }) => id === name);
  if (!provider) throw new Error("there is no such provider");
  return provider;
}

/** What next-auth makes of a sign-in: whatever the provider answered is merged into its account. */
async function arriveAt(name: string, answer: Record<string, unknown>, claims: Record<string, unknown> = {}) {
  const tokens = { access_token: "access", refresh_token: "refresh", expires_at: NOW / 1000 + 3600, ...answer };
  const user = (await providerNamed(name).profile({ sub: "ada", ...claims } as never, tokens as TokenSet)) as {
    id: string;
  };
  const account = { provider: name, type: "oauth", ...tokens } as unknown as Account;
  const welcomed: Arrival[] = [];
  const answered = await letIn(
    { user, account },
    async (arrival) => {
      welcomed.push(arrival);
      return { userId: "who-ada-is-here" };
    },
    NOW,
  );
  return { user, answered, welcomed };
}

test("who comes back from a provider is somebody of that provider, with what they delegated", async () => {
  const { user, answered, welcomed } = await arriveAt("sky", {}, { preferred_username: "ada", name: "Ada L." });
  expect(answered).toBe(true);
  expect(user.id).toBe("who-ada-is-here");
  expect(welcomed).toMatchObject([
    {
      identity: { provider: "sky", subject: "ada", name: "ada", displayName: "Ada L." },
      secret: { kind: "oidc", accessToken: "access", refreshToken: "refresh" },
      expiresAt: null,
    },
  ]);
});

test.each([
  ["calls itself another provider", { provider: "sea" }],
  ["says that it is no provider at all", { type: "credentials" }],
  ["says who its user is here", { id: "the-admin", userId: "the-admin", providerAccountId: "the-admin" }],
])("a provider whose answer %s changes nothing by that", async (_, answer) => {
  const { user, welcomed } = await arriveAt("sky", answer);
  expect(welcomed).toMatchObject([{ identity: { provider: "sky", subject: "ada" } }]);
  expect(user.id).toBe("who-ada-is-here");
});

test("who brings nothing of a provider is let in only after a name and a password", async () => {
  const welcome = async () => ({ userId: "nobody" });
  expect(await letIn({ user: { id: "x" }, account: { type: "oauth" } }, welcome, NOW)).toBe(false);
  expect(await letIn({ user: { id: "x" }, account: null }, welcome, NOW)).toBe(false);
  expect(await letIn({ user: { id: "x" }, account: { type: "credentials" } }, welcome, NOW)).toBe(true);
});

test("who is refused reads why on a page, by a word", async () => {
  const user = (await providerNamed("sky").profile({ sub: "ada" } as never, { access_token: "a" } as TokenSet)) as {
    id: string;
  };
  expect(await letIn({ user, account: null }, async () => ({ refused: "another" }), NOW)).toBe(
    "/signin?refused=another",
  );
  expect(user.id).toBe("ada");
});

test("an answer without an access token is no sign-in", async () => {
  await expect(async () => arriveAt("sky", { access_token: undefined })).rejects.toThrow("no access token");
});

test("PKCE, state and nonce are checked; where it says so the provider asks its user again", () => {
  expect(providerNamed("sky").checks).toEqual(["pkce", "state", "nonce"]);
  expect(providerNamed("sky").authorization).toEqual({ params: { scope: "openid offline_access" } });
  expect(providerNamed("sea").authorization).toEqual({ params: { scope: "openid offline_access", prompt: "consent" } });
  expect(providerNamed("sky").wellKnown).toBe("https://iam.example.org/.well-known/openid-configuration");
});
