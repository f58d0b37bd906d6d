import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { type PlannedPlatform, planRequest } from "#lib/api/broker/plan-request.ts";
import { readRequest } from "#lib/api/broker/read-request.ts";
import { inWords } from "#lib/api/standard/message.ts";
import { schemas } from "#lib/api/standard/schemas.ts";
import type { Content, OpenApiDocument } from "./document.ts";
import { requestExamples } from "./examples.ts";
import { openApiDocument } from "./make-document.ts";
import { operations } from "./operations.ts";

/** A platform that runs images, as CANFAR does. */
const platform: PlannedPlatform = {
  title: "CANFAR",
  settings: {},
  launchSeconds: 600,
  prepareSeconds: 120,
  slotMinutes: 60,
  windowHours: 24,
  limit: { cores: 16, memoryGiB: 64, gpus: 0 },
  onlyNotebooks: false,
  needsImage: true,
  choices: {
    types: ["notebook", "headless"],
    images: [{ id: "images.canfar.net/skaha/astroml:latest", types: ["notebook", "headless"] }],
    registries: ["images.canfar.net"],
    cores: [1, 2, 4, 8],
    memoryGiB: [2, 4, 8, 16],
    gpus: [],
    mostSessions: 3,
  },
};

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

test("what anybody may read promises no limit, no sign-in and no choice of formats", () => {
  const anonymous = operations.filter(({ scope }) => scope === null);
  expect(anonymous.map(({ path }) => path)).toContain("/availability");
  for (const { path, problems } of anonymous) expect(problems, path).toEqual([405, 500]);
});

test("a stream of events is in its one format whatever is asked for, and has nothing to be asked wrongly", () => {
  const stream = operations.find(({ operationId }) => operationId === "SessionEvents");
  for (const status of [400, 406] as const) expect(stream?.problems).not.toContain(status);
});

test("every example is what our own schemas take", () => {
  for (const { request } of operations) {
    for (const [name, { value }] of Object.entries(request?.examples ?? {})) {
      const read = schemas[request?.schema as keyof typeof schemas].safeParse(value);
      expect(read.error?.issues ?? [], name).toEqual([]);
    }
  }
});

test("every request among the examples gets offers from a platform that has what it asks for", () => {
  const now = Date.UTC(2026, 10, 26, 13, 24);
  for (const [name, { value }] of Object.entries(requestExamples)) {
    const read = readRequest(value);
    if (!read.ok) throw new Error(`${name}: ${read.error[0]?.sentence}`);
    const plan = planRequest(read.value, platform, now);
    const reasons = [...read.value.messages, ...plan.messages].filter(({ level }) => level !== "INFO");
    expect(reasons.map(inWords), name).toEqual([]);
    expect(plan.requests, name).not.toEqual([]);
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
