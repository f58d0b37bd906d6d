import { describe, expect, test } from "vitest";
import { readBody } from "./read-body.ts";
import { readYaml } from "./read-yaml.ts";
import { makeXmlCodec } from "./xml/make-xml-codec.ts";

const xml = {
  codec: makeXmlCodec({
    Thing: {
      type: "object",
      properties: {
        a: { type: "string" },
        min: { type: "integer" },
        ratio: { type: "number" },
        thing: { $ref: "#/components/schemas/Thing" },
        map: { type: "object", additionalProperties: { type: "string" } },
      },
    },
  }),
  schema: "Thing",
};

async function answer(format: "json" | "yaml" | "xml", body: string | Uint8Array<ArrayBuffer>) {
  const headers = { "content-type": `application/${format}` };
  const read = await readBody(new Request("http://broker.test/", { method: "POST", body, headers }), { xml });
  return read.ok ? read.value : read.error;
}
const refused = (about: string, status = 400) => ({ status, sentence: expect.stringContaining(about) });

describe("input that means harm is refused, in a sentence", () => {
  test("aliases in YAML that multiply", async () => {
    const laughs = ["a0: &a0 [lol, lol]"];
    for (let i = 1; i < 30; i += 1) laughs.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}, *a${i - 1}]`);
    expect(await answer("yaml", laughs.join("\n"))).toMatchObject(refused("alias"));
    const wide = `a: &a [${"x,".repeat(5_000)}]\nb: [${"*a,".repeat(20)}]`;
    expect(await answer("yaml", wide)).toMatchObject(refused("20000 values"));
  });

  test("an alias of what it is in, and one of nothing", async () => {
    expect(await answer("yaml", "a: &a [*a]")).toMatchObject(refused("64 levels"));
    expect(await answer("yaml", "a: *nothing")).toMatchObject(refused("alias"));
  });

  test("entities in XML, whether they multiply, read a file or are just there", async () => {
    const laughs = '<!DOCTYPE Thing [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><Thing><a>&b;</a></Thing>';
    const file =
      '<?xml version="1.0"?><!DOCTYPE Thing [<!ENTITY x SYSTEM "file:///etc/passwd">]><Thing><a>&x;</a></Thing>';
    const parameter = '<!DOCTYPE Thing SYSTEM "http://127.0.0.1:1/x.dtd"><Thing/>';
    for (const text of [laughs, file, parameter])
      expect(await answer("xml", text)).toEqual(expect.objectContaining(refused("DOCTYPE")));
    expect(await answer("xml", "<Thing><a>&nbsp;</a></Thing>")).toMatchObject(refused("reference"));
    expect(await answer("xml", '<Thing a="&x;"/>')).toMatchObject(refused("reference"));
  });

  test.each([
    ["json", `${'{"a":'.repeat(200)}1${"}".repeat(200)}`],
    ["json", `{"a":${"[".repeat(500_000)}`],
    ["yaml", `a: ${"[".repeat(200)}${"]".repeat(200)}`],
    ["yaml", `a: ${"[".repeat(500_000)}`],
    ["yaml", `${"- ".repeat(200)}a`],
    ["yaml", Array.from({ length: 200 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
    ["xml", `<Thing>${"<thing>".repeat(200)}${"</thing>".repeat(200)}</Thing>`],
  ] as const)("nesting without end, in %s", async (format, text) => {
    expect(await answer(format, text)).toMatchObject(refused("64 levels"));
  });

  test("nesting up to the limit is fine", async () => {
    const deep = (levels: number) => `${'{"thing":'.repeat(levels)}{}${"}".repeat(levels)}`;
    expect(await answer("json", deep(62))).not.toHaveProperty("status");
    expect(await answer("yaml", deep(62))).not.toHaveProperty("status");
    expect(await answer("xml", `<Thing>${"<thing>".repeat(62)}${"</thing>".repeat(62)}</Thing>`)).not.toHaveProperty(
      "status",
    );
  });

  test.each([
    ["json", `{"a":[${"1,".repeat(20_001)}1]}`],
    ["yaml", `a: [${"1,".repeat(20_001)}1]`],
    ["yaml", "- x\n".repeat(200_000)],
    ["xml", `<Thing>${"<a/>".repeat(20_001)}</Thing>`],
    ["xml", `<Thing>${"<a/>".repeat(200_000)}</Thing>`],
    ["xml", `<Thing ${Array.from({ length: 20_001 }, (_, i) => `a${i}=""`).join(" ")}/>`],
  ] as const)("more values than anybody needs, in %s", async (format, text) => {
    expect(await answer(format, text)).toMatchObject(refused("20000 values"));
  });

  test.each(["json", "yaml", "xml"] as const)("two megabytes of %s", async (format) => {
    expect(await answer(format, " ".repeat(2 * 1024 * 1024))).toMatchObject(refused("1024 KiB", 413));
  });

  test.each(["__proto__", "constructor", "prototype"])("the name %s", async (name) => {
    expect(await answer("json", `{"a": {"${name}": {"admin": true}}}`)).toMatchObject(refused(name));
    expect(await answer("json", `{"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}": 1}`)).toMatchObject(
      refused(name),
    );
    expect(await answer("yaml", `a:\n  ${name}: {admin: true}`)).toMatchObject({
      ...refused(name),
      path: `/a/${name}`,
    });
    expect(await answer("xml", `<Thing><${name}>x</${name}></Thing>`)).toMatchObject(refused("not allowed"));
    expect(await answer("xml", `<Thing ${name}="x"/>`)).toMatchObject(refused("not allowed"));
    expect(await answer("xml", `<Thing x:${name}="x"/>`)).not.toHaveProperty(name, "x");
    expect(await answer("xml", `<Thing><map><entry name="${name}">x</entry></map></Thing>`)).toMatchObject(
      refused("not allowed"),
    );
    expect(Object.getPrototypeOf({})).not.toHaveProperty("admin");
  });

  test("a name that appears twice", async () => {
    expect(await answer("json", '{"a": 1, "b": {"a": 1}, "a": 2}')).toMatchObject(refused("twice"));
    expect(await answer("json", '{"a": 1, "\\u0061": 2}')).toMatchObject(refused("twice"));
    expect(await answer("yaml", "a: 1\na: 2")).toMatchObject({ ...refused("twice"), line: 2, column: 1 });
    expect(await answer("yaml", '{"a": 1, "a": 2}')).toMatchObject(refused("twice"));
    expect(await answer("yaml", "a: &x b\n*x : 1\nb: 2")).toMatchObject({ ...refused("have to be text"), line: 2 });
    expect(await answer("xml", "<Thing><a>1</a><a>2</a></Thing>")).toMatchObject(refused("twice"));
    expect(await answer("xml", '<Thing a="1"><a>2</a></Thing>')).toMatchObject(refused("twice"));
    expect(await answer("xml", '<Thing a="1" a="2"/>')).toMatchObject({ status: 400 });
  });

  test("but one name in two objects, or as a value, is fine", async () => {
    const text = '{"a": {"a": "a"}, "b": [{"a": 1}, {"a": ":"}], "c": "\\"a\\":"}';
    expect(await answer("json", text)).toEqual(JSON.parse(text));
  });

  test.each(["NaN", "Infinity", "-Infinity", "1e400", "-1e400"])("the number %s", async (number) => {
    expect(await answer("json", `{"a": ${number}}`)).toMatchObject({ status: 400 });
  });

  test.each([".nan", ".inf", "-.Inf", "1e400"])("the number %s of YAML", async (number) => {
    expect(await answer("yaml", `a: ${number}`)).toMatchObject(refused("/a is not a finite one"));
  });

  test.each(["9007199254740992", "-9007199254740993", "99999999999999999999999999"])(
    "the integer %s",
    async (number) => {
      expect(await answer("json", `{"a": ${number}}`)).toMatchObject(refused("too large"));
      expect(await answer("yaml", `a: ${number}`)).toMatchObject(refused("too large"));
      expect(await answer("xml", `<Thing><min>${number}</min></Thing>`)).toMatchObject(refused("too large"));
    },
  );

  test("but the largest exact integer is read, and its digits as text", async () => {
    expect(await answer("json", '{"a": 9007199254740991, "b": "9007199254740993"}')).toEqual({
      a: Number.MAX_SAFE_INTEGER,
      b: "9007199254740993",
    });
    expect(await answer("yaml", "a: -9007199254740991")).toEqual({ a: Number.MIN_SAFE_INTEGER });
    expect(await answer("xml", "<Thing><min>9007199254740991</min></Thing>")).toEqual({ min: Number.MAX_SAFE_INTEGER });
  });

  test.each([
    "!!js/function 'return 1'",
    "!!python/object/apply:os.system ['id']",
    "!mine {}",
    "!!binary aGk=",
    "!!timestamp 2026-09-01",
  ])("the tag %s", async (value) => expect(await answer("yaml", `a: ${value}`)).toMatchObject(refused("Tags")));

  test("characters that cannot be kept", async () => {
    expect(await answer("json", '{"a": "x\\u0000y"}')).toMatchObject({ ...refused("U+0000"), path: "/a" });
    expect(await answer("json", '{"a": "x\0y"}')).toMatchObject({ status: 400 });
    expect(await answer("yaml", "a: x\0y")).toMatchObject({ status: 400 });
    expect(await answer("yaml", 'a: "x\\0y"')).toMatchObject({ ...refused("U+0000"), path: "/a" });
    expect(await answer("xml", "<Thing><a>x\0y</a></Thing>")).toMatchObject({
      ...refused("character"),
      line: 1,
      column: 12,
    });
    expect(await answer("xml", "<Thing><a>&#0;</a></Thing>")).toMatchObject(refused("reference"));
    expect(await answer("xml", "<Thing><a>&#xD800;</a></Thing>")).toMatchObject(refused("reference"));
    expect(await answer("xml", "<Thing><a>&#x110000;</a></Thing>")).toMatchObject(refused("reference"));
    expect(await answer("json", '{"a": "\\ud800"}')).toMatchObject(refused("surrogate"));
    expect(await answer("json", '{"\\udc00": 1}')).toMatchObject(refused("surrogate"));
    expect(await answer("yaml", 'a: "\\ud800"')).toMatchObject({ status: 400 });
  });

  test("bytes that are no UTF-8: Latin-1, half a character at the end, UTF-16 with its mark", async () => {
    const encoded = new TextEncoder().encode('{"a":"é"}');
    const bytes = [
      new Uint8Array([0x7b, 0xe9, 0x7d]),
      encoded.slice(0, 7),
      new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
    ];
    for (const body of bytes) expect(await answer("json", body)).toMatchObject(refused("UTF-8"));
    expect(await answer("xml", '<?xml version="1.0" encoding="ISO-8859-1"?><Thing/>')).toMatchObject(refused("UTF-8"));
  });

  // Each of these took ten seconds and more before it was looked for.
  test.each([
    ["yaml", `a: "${"\\z".repeat(400_000)}"`, "escapes"],
    ["yaml", `a: [${"}".repeat(900_000)}`, "not YAML"],
    ["yaml", "%\n".repeat(400_000), "directives"],
    ["yaml", "---\n".repeat(250_000), "more than one"],
    ["yaml", `a: [${Array.from({ length: 9_000 }, (_, i) => `&a${i} 1,*a${i}`).join()}]`, "aliases"],
  ] as const)("what costs its reader more than its length: in %s, %.20s", async (format, text, about) => {
    expect(await answer(format, text)).toMatchObject(refused(about));
  });

  test("a small body is refused by its share of values: what is full of mistakes is not listed mistake by mistake", () => {
    const most = 64 * 1024;
    for (const text of [`a: [${",".repeat(65_000)}]`, `a: ${'""'.repeat(32_000)}`, `a: ${"! ".repeat(32_000)}`]) {
      expect(readYaml(text, most)).toMatchObject({ error: refused("do not belong there") });
    }
    for (const text of [`a: [${",\n".repeat(32_000)}]`, `a: [${"[],".repeat(21_000)}]`, "?\n".repeat(32_000)]) {
      expect(readYaml(text, most)).toMatchObject({ error: refused("more than 3276 values") });
    }
    // As much as a request can say, a line for each value.
    const names = Array.from({ length: 3_200 }, (_, i) => `name-${i}: a value of it`).join("\n");
    expect(readYaml(names, most)).toHaveProperty("value.name-3199");
  });

  test("many names in one map, and many items of one list, are no trouble", async () => {
    const names = Array.from({ length: 19_000 }, (_, i) => `k${i}: x`).join("\n");
    expect(await answer("yaml", names)).toHaveProperty("k18999", "x");
    expect(await answer("xml", `<Thing>${"<k>x</k>".repeat(19_000)}</Thing>`)).toHaveProperty("k.18999", "x");
  });

  test.each([
    ["json", `{"a":"${"\\n".repeat(500_000)}"}`, true],
    ["json", `{"a":"${"\\".repeat(1_000_000)}`, false],
    ["yaml", `a: "${"\\n".repeat(500_000)}"`, true],
    ["yaml", `{${"a".repeat(1_000_000)}`, false],
    ["yaml", `a: ${"!".repeat(1_000_000)}`, false],
    ["yaml", "#\n".repeat(500_000), false],
    ["xml", `<Thing><a>${"&lt;".repeat(250_000)}</a></Thing>`, true],
    ["xml", `<Thing a='${" ".repeat(1_000_000)}`, false],
    ["xml", `<Thing>${"<!--".repeat(250_000)}`, false],
    ["xml", `<?xml ${" ".repeat(1_000_000)}`, false],
    ["xml", `<Thing${" a".repeat(500_000)}/>`, false],
  ] as const)("a megabyte of the same comes to an end: in %s, %.20s", async (format, text, isFine) => {
    expect("status" in (await answer(format, text))).toBe(!isFine);
  });
});
