import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { callApi } from "#app/api/broker/testing/call-api.ts";
import { readRequest } from "#lib/api/broker/read-request.ts";
import { strictParse } from "#lib/api/broker/strict-parse.ts";
import type { Format } from "#lib/api/media/format.ts";
import { executionRequest } from "#lib/api/standard/requests.ts";
import { type OfferSetResponse, offerSetResponse, scheduledExecutionSession } from "#lib/api/standard/sessions.ts";
import { addressesOf, checkOffers } from "#lib/testing/examples/check-offers.ts";
import { configureExamples, exampleUniverse } from "#lib/testing/examples/example-universe.ts";
import { formatClient } from "#lib/testing/examples/format-client.ts";
import {
  asFiles,
  examplesFolder,
  isWriting,
  publish,
  readPublished,
  requestOf,
} from "#lib/testing/examples/published.ts";
import { stable } from "#lib/testing/examples/stable.ts";
import { type Example, examples } from "#lib/testing/examples/table.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { ledgerDifferences, NOW } from "#lib/testing/universe.ts";

const API = "https://meridian.example.org/api/broker/v1";
const SESSION = "AbstractExecutionSession";
const HALF_A_MINUTE = 30_000;
const { NEXTAUTH_URL } = process.env;

beforeAll(() => {
  process.env.NEXTAUTH_URL = "https://meridian.example.org";
  configureExamples();
  // The moment of the examples: only the API's routes ask for the time, and what they are told goes all the way down.
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});
afterAll(() => {
  vi.useRealTimers();
  if (NEXTAUTH_URL === undefined) delete process.env.NEXTAUTH_URL;
  else process.env.NEXTAUTH_URL = NEXTAUTH_URL;
});

type Client = ReturnType<typeof formatClient>;

/** The whole conversation about an example: what was asked, what was answered, what was accepted; then it is cancelled. */
async function converse(name: string, example: Example, format: Format) {
  vi.setSystemTime(NOW);
  const { person, platforms } = await exampleUniverse(example);
  const client = formatClient(callApi, await tokenOf(person), format);
  const answers = await (example.isDirect ? runDirectly : askForOffers)(name, example, client);
  const { accepted } = answers;
  if (accepted) expect(strictParse(scheduledExecutionSession, accepted)).toMatchObject({ ok: true, unknown: [] });
  if (example.answer === "YES") {
    expect(accepted.phase).toBe("ACCEPTED");
    for (const [address, schema] of addressesOf(accepted))
      expect((await client.get(address, schema)).body.meta).toMatchObject({ url: address });
    expect(await client.move(accepted.meta.url, "CANCELLED")).toMatchObject({
      status: 200,
      body: { phase: "CANCELLED" },
    });
  }
  for (const { platform } of platforms) expect(await ledgerDifferences(platform.id)).toEqual([]);
  return stable(answers, NOW);
}

async function runDirectly(name: string, { answer }: Example, client: Client) {
  const { status, location, body: accepted } = await client.request(`${API}/direct`, requestOf(name), SESSION);
  expect([status, location]).toEqual(answer === "YES" ? [303, accepted.meta.url] : [400, null]);
  return { offerset: undefined, accepted };
}

async function askForOffers(name: string, { answer }: Example, client: Client) {
  const asked = await client.request(`${API}/requests`, requestOf(name), "OfferSetResponse");
  const { body: offerset } = asked;
  expect([asked.status, asked.location]).toEqual([303, offerset.meta.url]);
  expect((await client.get(offerset.meta.url, "OfferSetResponse")).body).toEqual(offerset);
  expect(strictParse(offerSetResponse, offerset)).toMatchObject({ ok: true, unknown: [] });
  expect(offerset.result).toBe(answer);
  if (answer === "NO") return { offerset, accepted: undefined };
  checkOffers(offerset as OfferSetResponse, understood(name), NOW);
  vi.setSystemTime(NOW + HALF_A_MINUTE);
  const [first, ...others] = offerset.offers;
  const accepted = await client.move(first.meta.url, "ACCEPTED");
  expect(accepted.status).toBe(200);
  for (const { meta } of others) expect((await client.get(meta.url, SESSION)).body.phase).toBe("REJECTED");
  return { offerset, accepted: accepted.body };
}

function understood(name: string) {
  const read = readRequest(parse(requestOf(name)));
  if (!read.ok) throw new Error(`${name} cannot be read`);
  return read.value.request;
}

test("every example is in the table, and every one of the table is there", () => {
  const folders = readdirSync(examplesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map((entry) => entry.name).sort()).toEqual(Object.keys(examples).sort());
});

test("the index has each of them, with its answer", () => {
  const index = readFileSync(path.join(examplesFolder, "README.md"), "utf8");
  const rows = [...index.matchAll(/^- \[([\w-]+)\]\(\1\/\): [^*]*\*\*(YES|NO)\b/gm)];
  const answers = Object.entries(examples).map(([name, { answer }]) => [name, answer]);
  expect(rows.map(([, name, answer]) => [name, answer]).sort()).toEqual(answers.sort());
});

const ofVersion1 = Object.keys(examples).filter((name) => !examples[name]?.isOther);

test.each(ofVersion1)("the example %s is a request of version 1.0", (name) => {
  expect(strictParse(executionRequest, parse(requestOf(name)))).toMatchObject({ ok: true, unknown: [] });
});

describe.each(Object.entries(examples))("the example %s", (name, example) => {
  const { answer, because, isOlder } = example;

  test(`is answered with ${answer}, the same in JSON, YAML and XML, and as it is published`, async () => {
    const inJson = await converse(name, example, "json");
    const { messages: said = [] } = (inJson.offerset ?? inJson.accepted).meta as {
      messages?: Record<string, string>[];
    };
    for (const { message } of said) expect(message).not.toMatch(/\{\w+\}/);
    const reasons = said.filter(({ level }) => level === "ERROR").map(({ kind }) => kind);
    if (answer === "NO") expect(reasons).toContain(because);
    else expect([reasons, inJson.accepted.meta.description]).toEqual([[], expect.stringMatching(` on ${because}$`)]);

    expect(await converse(name, example, "yaml")).toEqual(inJson);
    // XML is read by the schema of version 1.0, which knows no older shapes.
    if (!isOlder) expect(await converse(name, example, "xml")).toEqual(inJson);

    const files = asFiles(inJson);
    if (isWriting) publish(name, files);
    expect(readPublished(name), "What is published differs; docs/examples/README.md says how to write it anew").toEqual(
      files,
    );
  });
});
