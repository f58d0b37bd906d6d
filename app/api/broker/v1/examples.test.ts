import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { callApi } from "#app/api/broker/testing/call-api.ts";
import { readRequest } from "#lib/api/broker/read-request.ts";
import { strictParse } from "#lib/api/broker/strict-parse.ts";
import type { Format } from "#lib/api/media/format.ts";
import { writeBody } from "#lib/api/media/write-body.ts";
import { makeXmlCodec } from "#lib/api/media/xml/make-xml-codec.ts";
import { jsonSchemas } from "#lib/api/standard/json-schemas.ts";
import { executionRequest } from "#lib/api/standard/requests.ts";
import { offerSetResponse, scheduledExecutionSession } from "#lib/api/standard/sessions.ts";
import { addressesOf, checkOffers } from "#lib/testing/examples/check-offers.ts";
import { configureExamples, exampleUniverse } from "#lib/testing/examples/example-universe.ts";
import {
  asFiles,
  examplesFolder,
  isWriting,
  publish,
  readPublished,
  requestOf,
} from "#lib/testing/examples/published.ts";
import { stable } from "#lib/testing/examples/stable.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { ledgerDifferences, NOW } from "#lib/testing/universe.ts";

interface Example {
  readonly answer: "YES" | "NO";
  /** The platform of the first offer, or what the reasons of a NO are about. */
  readonly because: string;
  readonly direct?: true;
  readonly isFull?: true;
  /** Not of version 1.0 on purpose. */
  readonly isOlder?: true;
}
const yes = (because: string, more: Partial<Example> = {}): Example => ({ answer: "YES", because, ...more });
const no = (because: string, more: Partial<Example> = {}): Example => ({ answer: "NO", because, ...more });

const examples: Readonly<Record<string, Example>> = {
  "01-a-notebook": yes("Observatory"),
  "02-a-booked-hour": yes("Observatory"),
  "03-a-notebook-with-data": yes("Observatory"),
  "04-carta-on-a-cube": yes("CANFAR"),
  "05-a-headless-reduction": yes("CANFAR"),
  "06-gpus": yes("CANFAR"),
  "07-a-night": yes("CANFAR"),
  "08-data-of-an-archive": yes("Observatory"),
  "09-data-of-the-skao": yes("Observatory"),
  "10-data-of-a-bucket": yes("Observatory"),
  "11-data-of-rucio": no("urn:not-supported"),
  "12-shared-storage": yes("Observatory"),
  "13-what-it-may-cost": yes("Observatory"),
  "14-an-unknown-kind": no("urn:unknown-kind"),
  "15-too-big": no("urn:resource-limit"),
  "16-a-time-that-is-over": no("urn:outside-window"),
  "17-a-name-that-leads-nowhere": no("urn:resource-not-found"),
  "18-a-bound-that-cannot-be-kept": no("urn:constraint-not-met"),
  "19-no-room": no("urn:no-capacity", { isFull: true }),
  "20-an-older-shape": yes("Observatory", { isOlder: true }),
  "21-direct": yes("Observatory", { direct: true }),
  "22-direct-and-refused": no("urn:not-supported", { direct: true }),
};

const HALF_A_MINUTE = 30_000;
const xml = makeXmlCodec(jsonSchemas());
const { NEXTAUTH_URL } = process.env;

beforeAll(() => {
  process.env.NEXTAUTH_URL = "https://meridian.example.org";
  configureExamples();
  // The day of the examples. The API's routes are the only ones who ask for the time, and what they are told goes all the way down.
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});
afterAll(() => {
  vi.useRealTimers();
  if (NEXTAUTH_URL === undefined) delete process.env.NEXTAUTH_URL;
  else process.env.NEXTAUTH_URL = NEXTAUTH_URL;
});

/** Somebody who speaks to the API in one format, as a program would that knows nothing but addresses. */
function client(token: string, format: Format) {
  const headers = { accept: `application/${format}`, "content-type": `application/${format}` };
  const bodyOf = (value: unknown, schema: string) => writeBody(value, format, { codec: xml, schema }).text;
  const read = async (response: Response, schema: string) => {
    const text = await response.text();
    if (format !== "xml") return parse(text);
    const value = xml.read(text, schema);
    if (!value.ok) throw new Error(value.error.sentence);
    return value.value;
  };
  const where = (address: string | null) =>
    (address ?? "nowhere").replace("https://meridian.example.org/api/broker/v1", "");
  return {
    post: (address: string, body: unknown, schema: string) =>
      callApi("POST", where(address), { token, headers, body: bodyOf(body, schema) }),
    get: async (address: string | null, schema: string) =>
      read(await callApi("GET", where(address), { token, headers }), schema),
    read,
  };
}

const toPhase = (value: string) => ({ kind: "uri:enum-value-update", path: "/phase", value });

/** The whole conversation about an example: what was asked, what was answered, what was accepted; then it is cancelled. */
async function converse(name: string, format: Format) {
  const { direct, isFull, answer } = examples[name] ?? no("no example");
  vi.setSystemTime(NOW);
  const { person, platforms } = await exampleUniverse({ isFull });
  const { post, get, read } = client(await tokenOf(person), format);
  const request = parse(requestOf(name));
  const asked = await post(direct ? "/direct" : "/requests", request, "ExecutionRequest");
  expect(asked.headers.get("content-type")).toContain(`application/${format}`);
  expect(asked.status).toBe(direct && answer === "NO" ? 400 : 303);
  const first = await read(asked, direct ? "AbstractExecutionSession" : "OfferSetResponse");
  const offerset = direct ? undefined : first;
  let accepted = direct ? first : undefined;
  if (offerset) {
    expect(await get(asked.headers.get("location"), "OfferSetResponse")).toEqual(first);
    expect(strictParse(offerSetResponse, first)).toMatchObject({ ok: true, unknown: [] });
    expect(first.result).toBe(answer);
  }
  if (offerset && answer === "YES") {
    const understood = readRequest(request);
    if (!understood.ok) throw new Error("the request cannot be read");
    checkOffers(first, understood.value.request, NOW);
    vi.setSystemTime(NOW + HALF_A_MINUTE);
    const done = await post(first.offers[0].meta.url, toPhase("ACCEPTED"), "AbstractUpdate");
    expect(done.status).toBe(200);
    accepted = await read(done, "AbstractExecutionSession");
    for (const other of first.offers.slice(1))
      expect(await get(other.meta.url, "AbstractExecutionSession")).toMatchObject({ phase: "REJECTED" });
  }
  if (accepted) expect(strictParse(scheduledExecutionSession, accepted)).toMatchObject({ ok: true, unknown: [] });
  if (answer === "YES") {
    expect(accepted?.phase).toBe("ACCEPTED");
    for (const address of addressesOf(accepted)) {
      const part = await callApi("GET", address.slice(address.indexOf("/v1") + 3), {
        token: await tokenOf(person),
        headers: { accept: "application/json" },
      });
      expect([address, part.status, (await part.json()).meta?.url]).toEqual([address, 200, address]);
    }
    const ended = await post(accepted.meta.url, toPhase("CANCELLED"), "AbstractUpdate");
    expect([ended.status, (await read(ended, "AbstractExecutionSession")).phase]).toEqual([200, "CANCELLED"]);
  }
  for (const { platform } of platforms) expect(await ledgerDifferences(platform.id)).toEqual([]);
  return stable({ offerset, accepted }, NOW);
}

test("every example is in the table, and every one of the table is there", () => {
  const folders = readdirSync(examplesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map((entry) => entry.name).sort()).toEqual(Object.keys(examples).sort());
});

test.each(
  Object.entries(examples).flatMap(([name, { isOlder, because }]) =>
    isOlder || because === "urn:unknown-kind" ? [] : [name],
  ),
)("the example %s is a request of version 1.0", (name) => {
  expect(strictParse(executionRequest, parse(requestOf(name)))).toMatchObject({ ok: true, unknown: [] });
});

describe.each(Object.entries(examples))("the example %s", (name, { answer, because, isOlder }) => {
  test(`is answered with ${answer}, the same in JSON, YAML and XML, and as it is published`, async () => {
    const inJson = await converse(name, "json");
    const said = [...(inJson.offerset?.meta.messages ?? []), ...(inJson.accepted?.meta.messages ?? [])];
    const reasons = said.filter(({ level }: { level: string }) => level === "ERROR");
    if (answer === "NO") expect(reasons.map(({ kind }: { kind: string }) => kind)).toContain(because);
    else expect([reasons, inJson.accepted?.meta.description.endsWith(` on ${because}`)]).toEqual([[], true]);
    for (const { message } of said) expect(message).not.toMatch(/\{\w+\}/);

    expect(await converse(name, "yaml")).toEqual(inJson);
    // XML is read by the schema of version 1.0, which knows no older shapes.
    if (!isOlder) expect(await converse(name, "xml")).toEqual(inJson);

    const files = asFiles(inJson);
    if (isWriting) publish(name, files);
    expect(readPublished(name), "Write what is published anew: EXAMPLES_WRITE=1 npx vitest run examples.test").toEqual(
      files,
    );
  });
});
