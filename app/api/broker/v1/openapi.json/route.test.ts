import { afterEach, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { GET as asYaml } from "../openapi.yaml/route.ts";
import { GET as asJson } from "./route.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("the document names the address that people use, and is the same in JSON and in YAML", async () => {
  vi.stubEnv("NEXTAUTH_URL", "https://meridian.example.org/sky");
  const json = asJson();
  const yaml = asYaml();
  expect(json.headers.get("content-type")).toBe("application/json");
  expect(yaml.headers.get("content-type")).toBe("application/yaml; charset=utf-8");
  const document = await json.json();
  expect(document.servers[0].url).toBe("https://meridian.example.org/sky/api/broker/v1");
  expect(parse(await yaml.text(), { version: "1.1" })).toEqual(document);
});

test("the document is made once, however often anybody asks for it", async () => {
  vi.stubEnv("NEXTAUTH_URL", "https://often.example.org");
  const first = [await asJson().text(), await asYaml().text()];
  const before = performance.now();
  for (let times = 0; times < 200; times++) {
    asJson();
    asYaml();
  }
  // Made anew each time, these take 14 s; kept, a few milliseconds.
  expect(performance.now() - before).toBeLessThan(3000);
  expect([await asJson().text(), await asYaml().text()]).toEqual(first);
});

test("another address has a document of its own", async () => {
  for (const address of ["https://one.example.org", "https://two.example.org"]) {
    vi.stubEnv("NEXTAUTH_URL", address);
    expect((await asJson().json()).servers[0].url).toBe(`${address}/api/broker/v1`);
    expect(parse(await asYaml().text()).servers[0].url).toBe(`${address}/api/broker/v1`);
  }
});
