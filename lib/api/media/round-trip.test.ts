import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryOfSchema } from "#lib/testing/arbitrary-of-schema.ts";
import type { Format } from "./format.ts";
import { isObject } from "./json-value.ts";
import { readBody } from "./read-body.ts";
import { writeBody } from "./write-body.ts";
import { makeXmlCodec } from "./xml/make-xml-codec.ts";
import { schemas } from "./xml/schemas-for-tests.ts";

const xml = { codec: makeXmlCodec(schemas), schema: "Request" };

async function sent(value: unknown, format: Format): Promise<unknown> {
  const { text, contentType } = writeBody(value, format, xml);
  const body = new TextEncoder().encode(text);
  const read = await readBody(
    new Request("http://broker.test/", { method: "POST", body, headers: { "content-type": contentType } }),
    { xml },
  );
  return read.ok ? read.value : read.error;
}

/** XML has no word for an empty list, unless it is wrapped, which only the offers are. */
function withoutEmptyLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyLists);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) => key === "offers" || !Array.isArray(inner) || inner.length > 0,
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutEmptyLists(inner)]));
}

const requests = arbitraryOfSchema({ $ref: "#/components/schemas/Request" }, schemas).map(withoutEmptyLists);

test("whatever fits the schema is the same after JSON, YAML, XML and JSON", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      let value: unknown = request;
      for (const format of ["json", "yaml", "xml", "json"] as const) {
        value = await sent(value, format);
        expect(value, format).toEqual(request);
      }
    }),
    { numRuns: 200 },
  );
});

test("texts of all kinds are the same afterwards, as names and as values", async () => {
  const text = arbitraryOfSchema({ type: "string" });
  await fc.assert(
    fc.asyncProperty(text, text, async (name, value) => {
      fc.pre(!["__proto__", "constructor", "prototype"].includes(String(name)));
      const request = {
        title: value,
        executable: { kind: "k:container", environment: { [String(name)]: value } },
        data: [value],
      };
      for (const format of ["json", "yaml", "xml"] as const)
        expect(await sent(request, format), format).toEqual(request);
    }),
    { numRuns: 500 },
  );
});

test("what no schema knows travels too: its texts, objects and lists of several", async () => {
  const texts = fc.string({ unit: "grapheme-ascii", maxLength: 8 });
  const unknown = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      texts,
      fc.dictionary(texts, tie("value"), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  await fc.assert(
    fc.asyncProperty(fc.array(unknown, { minLength: 2, maxLength: 3 }), unknown, async (list, one) => {
      const request = { unknown: list, "un known": one };
      fc.pre(!/__proto__|constructor|prototype/.test(JSON.stringify(request)));
      for (const format of ["json", "yaml", "xml"] as const)
        expect(await sent(request, format), format).toEqual(request);
    }),
  );
});
