import { expect, test, vi } from "vitest";
import { parse } from "yaml";
import { GET as asYaml } from "../openapi.yaml/route.ts";
import { GET as asJson } from "./route.ts";

test("the document names the address that people use, and is the same in JSON and in YAML", async () => {
  vi.stubEnv("NEXTAUTH_URL", "https://meridian.example.org/sky");
  const json = asJson();
  const yaml = asYaml();
  expect(json.headers.get("content-type")).toBe("application/json");
  expect(yaml.headers.get("content-type")).toBe("application/yaml; charset=utf-8");
  const document = await json.json();
  expect(document.servers[0].url).toBe("https://meridian.example.org/sky/api/broker/v1");
  expect(parse(await yaml.text(), { version: "1.1" })).toEqual(document);
  vi.unstubAllEnvs();
});
