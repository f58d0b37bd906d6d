import { expect, test } from "vitest";
import { ConfigError, parseConfig, secretOf } from "./config.ts";

const provider = { kind: "oidc", name: "sky", title: "Sky", issuer: "https://iam.example.org/", clientId: "meridian" };
const platform = {
  kind: "canfar",
  name: "canfar",
  title: "CANFAR",
  provider: "sky",
  url: "https://canfar.example.org/skaha",
  size: { cores: 8, memoryGiB: 32 },
};
const parse = (config: unknown) => parseConfig(JSON.stringify(config), "meridian.json");

test("what is left out has its default", () => {
  expect(
    parse({ providers: [provider, { kind: "cadc", name: "cadc", title: "CADC" }], platforms: [platform] }),
  ).toMatchObject({
    providers: [
      { scope: "openid profile email offline_access", clientAuthentication: "client_secret_basic" },
      { login: "https://ws-cadc.canfar.net/ac/login", certificateDays: 7 },
    ],
    platforms: [{ size: { cores: 8, memoryGiB: 32, gpus: 0 }, launchMinutes: 10 }],
  });
  expect(parse({})).toEqual({ providers: [], platforms: [] });
});

test("the audience of access tokens may be one word or several", () => {
  const audienceOf = (apiAudience: unknown) => parse({ providers: [{ ...provider, apiAudience }] }).providers[0];
  expect(audienceOf("https://meridian.example.org/api")).toMatchObject({
    apiAudience: ["https://meridian.example.org/api"],
  });
  expect(audienceOf(["one", "two"])).toMatchObject({ apiAudience: ["one", "two"] });
});

test.each([
  ["half a JSON", "{", "is no JSON"],
  ["a typing error in a name", { providers: [{ ...provider, isuer: "x" }] }, "providers.0"],
  [
    "a provider that travels in the open",
    { providers: [{ ...provider, issuer: "http://iam.example.org/" }] },
    "https://",
  ],
  [
    "a platform that travels in the open",
    { providers: [provider], platforms: [{ ...platform, url: "http://a.b/skaha" }] },
    "https://",
  ],
  ["a provider that is not there", { platforms: [platform] }, "there is no provider sky"],
  ["two of one name", { providers: [provider, provider] }, "there are two of the name sky"],
  ["the name of the demo", { providers: [{ ...provider, name: "demo" }] }, "taken"],
  ["a name that cannot stand in an address", { providers: [{ ...provider, name: "SKA IAM" }] }, "short name"],
  [
    "a platform without an address",
    { providers: [provider], platforms: [{ ...platform, url: undefined }] },
    "registry",
  ],
  [
    "a registry without a name",
    { providers: [provider], platforms: [{ ...platform, url: undefined, registry: "https://r.org/reg" }] },
    "resourceId",
  ],
  [
    "tokens of sign-ins as tokens of the API",
    { providers: [{ ...provider, apiAudience: ["api", "meridian"] }] },
    "an ID token is no access token",
  ],
  ["an audience that is none", { providers: [{ ...provider, apiAudience: [] }] }, "apiAudience"],
  [
    "no cores",
    { providers: [provider], platforms: [{ ...platform, size: { cores: 0, memoryGiB: 1 } }] },
    "platforms.0.size.cores",
  ],
  ["a secret in the file itself", { providers: [{ ...provider, clientSecret: "s3cret" }] }, "clientSecret"],
])("%s is refused at its place", (_, config, words) => {
  const refused = () => (typeof config === "string" ? parseConfig(config, "meridian.json") : parse(config));
  expect(refused).toThrow(ConfigError);
  expect(refused).toThrow(words);
  expect(refused).not.toThrow("s3cret");
});

test("on this machine itself http will do", () => {
  const here = { ...provider, issuer: "http://127.0.0.1:8080/oidc" };
  expect(parse({ providers: [here] }).providers).toHaveLength(1);
});

test("a secret that is not where the configuration says is told by its place", () => {
  expect(() => secretOf({ variable: "NOT_SET_ANYWHERE" })).toThrow("NOT_SET_ANYWHERE");
  expect(() => secretOf({ file: "/nowhere/secret" })).toThrow("/nowhere/secret");
  expect(secretOf(undefined)).toBeNull();
});
