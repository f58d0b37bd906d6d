import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBody } from "./read-body.ts";

const types = { json: "application/json", yaml: "application/yaml" } as const;

const post = (body: string | Uint8Array<ArrayBuffer> | ReadableStream, headers: Record<string, string> = {}) =>
  new Request("http://broker.test/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

async function read(format: keyof typeof types, text: string | Uint8Array<ArrayBuffer>) {
  const body = await readBody(post(text, { "content-type": types[format] }));
  return body.ok ? body.value : body.error;
}

describe("a body that can be read", () => {
  test("is the same in JSON and in YAML", async () => {
    const value = { name: "line-fit", cores: { min: 2 }, list: [1.5, true, null, "a"] };
    expect(await read("json", JSON.stringify(value))).toEqual(value);
    expect(await read("yaml", "name: line-fit\ncores:\n  min: 2\nlist: [1.5, true, ~, a]\n")).toEqual(value);
  });

  test("says which format it came in, and is YAML when nothing is declared", async () => {
    expect(await readBody(post(new TextEncoder().encode("a: 1")))).toEqual({
      ok: true,
      value: { a: 1 },
      format: "yaml",
    });
    expect(await readBody(post(new TextEncoder().encode('{\n\t"a": 1\n}')))).toEqual({
      ok: true,
      value: { a: 1 },
      format: "yaml",
    });
  });

  test("keeps times, yes and no as text in YAML, as the core schema of 1.2 does", async () => {
    const text = "at: 2026-09-01T09:00:00Z\nday: 2026-09-01\nlength: 1:20\nyes: no\non: off\noctal: 010\n1: one\n";
    expect(await read("yaml", text)).toEqual({
      at: "2026-09-01T09:00:00Z",
      day: "2026-09-01",
      length: "1:20",
      yes: "no",
      on: "off",
      octal: 10,
      1: "one",
    });
    expect(await read("yaml", `%YAML 1.1\n---\n${text}`)).toMatchObject({ yes: "no", day: "2026-09-01" });
  });

  test("may repeat by an alias what an anchor marked, and gets two of it", async () => {
    const value = (await read("yaml", "a: &x {b: [1]}\nc: *x\n")) as { a: object; c: object };
    expect(value).toEqual({ a: { b: [1] }, c: { b: [1] } });
    expect(value.a).not.toBe(value.c);
  });

  test("has no merge keys: they are a name like any other", async () => {
    expect(await read("yaml", "<<: {a: 1}\nb: 2\n")).toEqual({ "<<": { a: 1 }, b: 2 });
  });

  test("may begin with a byte order mark", async () => {
    expect(await read("json", "\ufeff{}")).toEqual({});
    expect(await read("yaml", "\ufeffa: 1")).toEqual({ a: 1 });
  });

  test("whatever JSON.stringify writes is read as it was, as JSON and as YAML", async () => {
    const value = fc.object({ key: fc.string({ unit: "grapheme" }), withNullPrototype: false, maxDepth: 5 });
    await fc.assert(
      fc.asyncProperty(value, async (object) => {
        const text = JSON.stringify(object);
        const expected = JSON.parse(text);
        fc.pre(!/\\u0000|"(__proto__|constructor|prototype)"/.test(text) && !/(?<![.\d])\d{16,}(?![\d.e])/.test(text));
        fc.pre(text.isWellFormed() && !/\\ud[89a-f]/.test(text));
        expect(await read("json", text)).toEqual(expected);
        expect(await read("yaml", text)).toEqual(expected);
      }),
    );
  });
});

describe("a body that cannot be read", () => {
  test.each(["", "  \n", "\ufeff"])("is refused when there is nothing in it (%j)", async (text) => {
    expect(await read("json", text)).toMatchObject({ status: 400, sentence: expect.stringContaining("nothing") });
    expect(await read("yaml", text)).toMatchObject({ status: 400, sentence: expect.stringContaining("nothing") });
  });

  test("is refused when there is no body at all, or YAML of comments only", async () => {
    const request = new Request("http://broker.test/", { method: "POST" });
    expect(await readBody(request)).toMatchObject({ ok: false, error: { status: 400 } });
    expect(await read("yaml", "# nothing\n")).toMatchObject({
      status: 400,
      sentence: expect.stringContaining("nothing"),
    });
  });

  test.each(["[1]", '"text"', "4", "true"])("is refused when it is no object at its top: %s", async (text) => {
    expect(await read("json", text)).toMatchObject({ status: 400, sentence: expect.stringContaining("object") });
    expect(await read("yaml", text)).toMatchObject({ status: 400, sentence: expect.stringContaining("object") });
  });

  test.each([
    ['{"a": 1,\n "b" 2}', { line: 2, column: 6 }],
    ['{"a": 1,\n "b": NaN}', { line: 2, column: 7 }],
    ['{"a": 1,\n "b": 01}', { line: 2, column: 7 }],
    ['{"a": 1', { line: 1, column: 8 }],
  ])("says line and column of what is not JSON: %j", async (text, place) => {
    expect(await read("json", text)).toMatchObject({
      status: 400,
      sentence: expect.stringContaining(`line ${place.line}`),
      ...place,
    });
  });

  test("says line and column of what is not YAML", async () => {
    expect(await read("yaml", "a: 1\nb: [1, 2\nc: 3\n")).toMatchObject({ status: 400, line: expect.any(Number) });
    expect(await read("yaml", "a: 1\nb: 'x\n")).toMatchObject({ status: 400, column: expect.any(Number) });
  });

  test.each([
    "{'a': 1}",
    '{"a": 1,}',
    '{"a": 1} {}',
    '{"a": +1}',
    '{"a": .5}',
    '{"a": 0x1F}',
    '{"a": "\\x41"}',
    "{a: 1}",
    '{"a": "\t"}',
    "// c\n{}",
  ])("is refused where JSON is lax only elsewhere: %s", async (text) =>
    expect(await read("json", text)).toMatchObject({ status: 400 }),
  );

  test("names in YAML have to be text", async () => {
    expect(await read("yaml", "[a]: 1")).toMatchObject({ sentence: expect.stringContaining("have to be text") });
    expect(await read("yaml", "? {a: 1}\n: 2")).toMatchObject({ sentence: expect.stringContaining("have to be text") });
    expect(await read("yaml", "1.0: a\n~: b\n")).toEqual({ "1.0": "a", "~": "b" });
  });

  test("more than one YAML document is refused", async () => {
    expect(await read("yaml", "a: 1\n---\nb: 2\n")).toMatchObject({
      sentence: expect.stringContaining("more than one"),
    });
  });

  test("is refused when it is compressed", async () => {
    const body = await readBody(post("{}", { "content-type": types.json, "content-encoding": "gzip" }));
    expect(body).toMatchObject({ ok: false, error: { status: 415 } });
  });

  test("is refused when it is XML and nobody said of what", async () => {
    const body = await readBody(post("<a/>", { "content-type": "application/xml" }));
    expect(body).toMatchObject({ ok: false, error: { status: 415 } });
  });
});

describe("a body that is too large", () => {
  test("is refused by its declared length, without reading it", async () => {
    const request = post("{}", { "content-type": types.json, "content-length": "3000000" });
    expect(await readBody(request)).toMatchObject({ ok: false, error: { status: 413 } });
  });

  test("is refused while it arrives: what comes after the limit is not read", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    expect(await readBody(post(endless, { "content-type": types.json }))).toMatchObject({
      ok: false,
      error: { status: 413, sentence: expect.stringContaining("1024 KiB") },
    });
    expect(sent).toBeLessThan(2 * 1024 * 1024);
  });

  test("is read up to the last byte of the limit", async () => {
    const json = (bytes: number) => post(`{"a":"${"x".repeat(bytes - 8)}"}`, { "content-type": types.json });
    expect(await readBody(json(100), { maxBytes: 100 })).toMatchObject({ ok: true });
    expect(await readBody(json(101), { maxBytes: 100 })).toMatchObject({ ok: false, error: { status: 413 } });
  });

  test("trouble on the way is thrown, as it is not the body's fault", async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) });
    await expect(readBody(post(broken))).rejects.toThrow("terminated");
  });
});
