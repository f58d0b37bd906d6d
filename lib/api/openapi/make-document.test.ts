import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { schemas } from "#lib/api/standard/schemas.ts";
import type { Content, OpenApiDocument } from "./document.ts";
import { openApiDocument } from "./make-document.ts";
import { operations } from "./operations.ts";

const made = () => openApiDocument({ baseUrl: "https://meridian.example.org/api/broker/v1", version: "0.1.0" });

async function complaintsAbout(document: OpenApiDocument): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const found = await lintFromString({ source: JSON.stringify(document), absoluteRef: "openapi.json", config });
  return found.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`);
}

test("the linter has nothing to say against the document, and would", async () => {
  expect(await complaintsAbout(made())).toEqual([]);
  const { "/slots": slots, ...paths } = made().paths;
  const less = { ...made(), paths };
  expect((await complaintsAbout(less)).join()).toContain("no-unused-components");
  const bare = { ...made(), paths: { ...paths, "/slots": { get: { ...slots?.get, responses: {}, summary: "" } } } };
  expect((await complaintsAbout(bare as OpenApiDocument)).join()).toMatch(/operation-summary/);
});

test("every operation has its own name, says what its token needs, and promises each status once", () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, method, scope, responses, problems, parameters, request } of operations) {
    const operation = made().paths[path]?.[method];
    expect(operation?.security).toEqual(scope === null ? [] : [{ bearer: [scope] }]);
    const statuses = [...Object.keys(responses), ...problems.map(String)];
    expect(Object.keys(operation?.responses ?? {}).sort(), path).toEqual(statuses.sort());
    expect(parameters.includes("IdempotencyKey")).toBe(method === "post");
    expect(request !== undefined).toBe(method === "post");
    expect(Boolean(responses[304])).toBe(parameters.includes("IfNoneMatch"));
  }
});

test("every example is what our own schemas take", () => {
  for (const { request } of operations) {
    for (const [name, { value }] of Object.entries(request?.examples ?? {})) {
      const read = schemas[request?.schema as keyof typeof schemas].safeParse(value);
      expect(read.error?.issues ?? [], name).toEqual([]);
    }
  }
});

test("a body may be in JSON, YAML or XML with one schema, a problem in problem+json or problem+xml", () => {
  const contents: Content[] = Object.values(made().paths)
    .flatMap((item) => Object.values(item))
    .flatMap(({ requestBody, responses }) => [requestBody, ...Object.values(responses)])
    .flatMap((one) => (one && "content" in one && one.content ? [one.content] : []))
    .filter((content) => "application/json" in content && "application/xml" in content);
  expect(contents.length).toBeGreaterThan(10);
  for (const content of contents) {
    const { "application/problem+json": _, "application/problem+xml": __, ...bodies } = content;
    expect(Object.keys(bodies)).toEqual(["application/json", "application/yaml", "application/xml"]);
    expect(new Set(Object.values(bodies).map(({ schema }) => schema.$ref)).size).toBe(1);
  }
  for (const { content } of Object.values(made().components.responses)) {
    expect(Object.keys(content ?? {})).toEqual(["application/problem+json", "application/problem+xml"]);
  }
});
