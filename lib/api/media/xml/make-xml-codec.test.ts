import { describe, expect, test } from "vitest";
import type { JsonSchema } from "./json-schema.ts";
import { makeXmlCodec } from "./make-xml-codec.ts";
import { schemas } from "./schemas-for-tests.ts";

const codec = makeXmlCodec(schemas);
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const read = (text: string, schema = "Request") => {
  const result = codec.read(text, schema);
  return result.ok ? result.value : result.error.sentence;
};

const request = {
  title: "line-fit",
  executable: {
    kind: "k:container",
    image: "a/b:1",
    privileged: true,
    command: ["-v", ""],
    environment: { PATH: "/x", "a b": "y", entry: "z" },
  },
  compute: { cores: { min: 2 }, ratio: 0.5 },
  costs: [{ kind: "k:cost", max: 1.5 }],
  data: ["a", "b"],
  volumes: [{ path: "/in" }],
  offers: [{ kind: "k:session", phase: "OFFERED" }],
};

describe("a request in XML", () => {
  const text = `${declaration}<request>
  <title>line-fit</title>
  <executable kind="k:container">
    <image>a/b:1</image>
    <privileged>true</privileged>
    <command>-v</command>
    <command></command>
    <environment>
      <PATH>/x</PATH>
      <entry name="a b">y</entry>
      <entry name="entry">z</entry>
    </environment>
  </executable>
  <compute>
    <cores>
      <min>2</min>
    </cores>
    <ratio>0.5</ratio>
  </compute>
  <cost kind="k:cost">
    <max>1.5</max>
  </cost>
  <data>a</data>
  <data>b</data>
  <volumes>
    <path>/in</path>
  </volumes>
  <offers>
    <session kind="k:session">
      <phase>OFFERED</phase>
    </session>
  </offers>
</request>
`;

  test("is written by the rules of OpenAPI", () => expect(codec.write(request, "Request")).toBe(text));

  test("is read with the types of its schema", () => expect(read(text)).toEqual(request));

  test("may be indented, commented, declared and prefixed as its writer likes", () => {
    const other = text
      .replace(declaration, '<?xml version="1.0"?>\n<!-- a & b -->\n<?style sheet?>\n')
      .replaceAll(/<(\/?)(?=\w)/g, "<$1eb:")
      .replace("<eb:request>", '<eb:request xmlns:eb="urn:x" xmlns="urn:y" xmlns:xsi="urn:z" xsi:type="eb:Request">')
      .replace("line-fit", "line<!-- - -->-<![CDATA[fit]]>");
    expect(read(other)).toEqual(request);
  });

  test("may have its kind as an element, and a list in an element of its key", () => {
    expect(
      read(
        '<request title="t"><executable><kind>k:notebook</kind></executable><costs><cost kind="k:cost"/><cost kind="k:cost"/></costs></request>',
      ),
    ).toEqual({
      title: "t",
      executable: { kind: "k:notebook" },
      costs: [{ kind: "k:cost" }, { kind: "k:cost" }],
    });
  });
});

describe("values in XML", () => {
  test.each(["  two  ", "\n", "\t", "a\r\nb", "<&>\"'", "]]>", "&amp;", "é 😀", "", " "])(
    "the text %j is the same afterwards",
    (title) => {
      const object = { title, executable: { kind: title, environment: { [`${title}x`]: title } } };
      expect(read(codec.write(object, "Request"))).toEqual(object);
    },
  );

  test("what XML cannot carry becomes U+FFFD", () => {
    expect(read(codec.write({ title: "a\0b\u0008c\ud800d\uffff" }, "Request"))).toEqual({
      title: "a\ufffdb\ufffdc\ufffdd\ufffd",
    });
  });

  test.each([
    ["<ratio> 1e-7 </ratio>", { ratio: 1e-7 }],
    ["<ratio>-0</ratio>", { ratio: 0 }],
    ["<ratio>NaN</ratio>", { ratio: "NaN" }],
    ["<cores><min>+2</min></cores>", { cores: { min: 2 } }],
    ["<cores><min>four</min></cores>", { cores: { min: "four" } }],
    ["<cores><min>2.5</min></cores>", { cores: { min: "2.5" } }],
    ["<cores><min></min></cores>", { cores: { min: "" } }],
    ["<cores/>", { cores: {} }],
  ])("numbers are read where they are numbers: %s", (inner, compute) => {
    expect(read(`<request><compute>${inner}</compute></request>`)).toEqual({ compute });
  });

  test("an integer or a number too large is refused", () => {
    expect(read("<request><compute><cores><min>9007199254740993</min></cores></compute></request>")).toContain(
      "too large",
    );
    expect(read("<request><compute><ratio>1e999</ratio></compute></request>")).toContain("too large");
  });

  test.each([
    ["1", true],
    ["false", false],
    [" true ", true],
    ["yes", "yes"],
  ])("the truth value %s is %s", (text, privileged) => {
    const xml = `<request><executable kind="k:container"><privileged>${text}</privileged></executable></request>`;
    expect(read(xml)).toMatchObject({ executable: { privileged } });
  });

  test("an empty list is absent, unless it is wrapped", () => {
    expect(read(codec.write({ data: [], offers: [] }, "Request"))).toEqual({ offers: [] });
  });

  test("undefined and null are left out", () => {
    expect(read(codec.write({ title: null, data: undefined, offers: [null] }, "Request"))).toEqual({ offers: [] });
  });
});

describe("what no schema knows", () => {
  test("is kept under its name, so that it can be warned about", () => {
    const text =
      '<request colour="red"><size>4</size><part><x a="1">y</x></part><tag>a</tag><tag>b</tag><compute><gpus><min>1</min></gpus></compute></request>';
    expect(read(text)).toEqual({
      colour: "red",
      size: "4",
      part: { x: { a: "1" } },
      tag: ["a", "b"],
      compute: { gpus: { min: "1" } },
    });
  });

  test("is written too, whatever its name", () => {
    const object = {
      "a b": { c: "d" },
      cost: "x",
      list: ["a", "b"],
      "1": ["p", "q"],
      xmlns: "no namespace",
      "x:y": "z",
    };
    expect(read(codec.write(object, "Request"))).toEqual(object);
  });

  test("the name of the schema is a root, too, as for whoever knows no other", () => {
    expect(read("<Request><title>a</title></Request>")).toEqual({ title: "a" });
  });

  test("a kind nobody knows is read with the types of all kinds", () => {
    const text =
      '<request><executable kind="k:other"><privileged>true</privileged><command>a</command><location>b</location></executable></request>';
    expect(read(text)).toEqual({ executable: { kind: "k:other", privileged: true, command: ["a"], location: "b" } });
  });
});

describe("XML that is not understood", () => {
  test.each([
    ["<other/>", "has to be <request> or <Request>, and is <other>"],
    ["<request/><request/>", "one root element"],
    ["<request>", "not XML"],
    ["<request><title>a</request>", "not XML"],
    ["text", "not XML"],
    ["<request><title>a & b</title></request>", "not XML"],
    ["<request>text</request>", "text in <request>"],
    ["<request><compute>4</compute></request>", "text in <compute>"],
    ["<request><title>a</title><title>b</title></request>", "“title” appears twice"],
    ["<request><size>1</size><entry name='size'>2</entry></request>", ""],
    ['<request><compute><cores><min units="GiB">4</min></cores></compute></request>', "“units” of <min>"],
    ["<request><offers><offer/></offers></request>", "In <offers> there can be <session> only"],
    ["<request><offers>text</offers></request>", "In <offers>"],
  ])("%s", (text, sentence) => {
    if (sentence) expect(read(text)).toContain(sentence);
    else expect(read(text)).toEqual({ size: ["1", "2"] });
  });
});

describe("roots", () => {
  test("a union's root is that of the subtype, unless it has one itself", () => {
    expect(codec.write({ kind: "k:notebook" }, "Executable")).toContain('<Notebook kind="k:notebook"/>');
    expect(codec.write({ kind: "k:session" }, "AnySession")).toContain('<session kind="k:session"/>');
    expect(read('<Notebook kind="k:notebook"/>', "Executable")).toEqual({ kind: "k:notebook" });
    expect(read("<x/>", "Executable")).toContain("<Executable> or <Container> or <Notebook>");
  });

  test("a namespace of the schema is written, and not needed for reading", () => {
    const named = makeXmlCodec({
      Problem: { type: "object", properties: {}, xml: { name: "problem", namespace: "urn:ietf:rfc:7807" } },
    });
    expect(named.write({ status: 404 }, "Problem")).toContain('<problem xmlns="urn:ietf:rfc:7807">');
    expect(named.read(named.write({ status: 404 }, "Problem"), "Problem")).toEqual({
      ok: true,
      value: { status: "404" },
    });
  });

  test("there is no codec for schemas whose XML could not be read back", () => {
    const one = (schema: JsonSchema) => () => makeXmlCodec({ One: schema });
    const list: JsonSchema = { type: "array", items: { type: "string", xml: { name: "item" } } };
    expect(one({ type: "object", properties: { items: list, item: { type: "string" } } })).toThrow("<item>");
    expect(one({ type: "object", properties: { rows: { type: "array", items: list } } })).toThrow("lists in lists");
    expect(one({ type: "object", properties: { other: { $ref: "#/components/schemas/Other" } } })).toThrow("no schema");
    expect(() => codec.write({}, "toString")).toThrow("no schema");
  });
});
