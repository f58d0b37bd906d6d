import type { Format } from "#lib/api/media/format.ts";
import { kinds } from "#lib/api/standard/kinds.ts";

const NOTEBOOK = kinds.executable.jupyterNotebook;
const laughs = (levels: number, line: (level: number) => string) =>
  Array.from({ length: levels }, (_, i) => line(i)).join("\n");
const doctype = (inside: string) =>
  `<?xml version="1.0"?><!DOCTYPE offers-request [${inside}]><offers-request><executable kind="${NOTEBOOK}"><location>&x;</location></executable></offers-request>`;
const MIB = 1024 * 1024;

/** Bodies that mean harm, or that a machine made wrongly. */
export const hostileTexts: Readonly<Record<Format, readonly string[]>> = {
  json: [
    ...[
      "",
      " ",
      "null",
      "[]",
      "1",
      '"text"',
      "{",
      "}",
      "{]",
      "{,}",
      '{"a":}',
      "{'a':1}",
      '{"a":1}{"b":2}',
      "nul",
      "\0",
    ],
    ...['{"executable":1,"executable":2}', '{"executable":{"kind":1,"\\u006bind":2}}', '{"a":NaN}', '{"a":1e999}'],
    ...['{"a":99999999999999999999}', '{"a":-0}', '{"a":01}', '{"a":"\\ud800"}', '{"a":"\\u0000"}', '{"a":"\t"}'],
    ...['{"__proto__":{"x":1}}', '{"executable":{"constructor":{"prototype":{"x":1}}}}', '{"a":1,}', "/* c */{}"],
    ...[
      `${'{"executable":'.repeat(100)}1${"}".repeat(100)}`,
      `{"a":${"[".repeat(100_000)}`,
      `{"a":"${"x".repeat(MIB)}"}`,
    ],
    `{"a":[${"1,".repeat(21_000)}1]}`,
  ],
  yaml: [
    ...[
      "",
      "#",
      "---",
      "---\n---\n",
      "a: 1\n---\nb: 2",
      "null",
      "- a",
      "a",
      "a: b: c",
      "a:\n\tb: 1",
      "? [a]\n: b",
      "{a",
    ],
    ...[
      "executable: !!js/function 'x'",
      "executable: !mine {}",
      "!!binary aGk=",
      "%YAML 1.1\n---\na: yes",
      "%TAG ! x\n---\na: !b c",
    ],
    ...[
      "a: &a [*a]",
      "a: *nothing",
      "<<: {executable: {}}",
      "executable: &e {kind: x}\ncompute: *e",
      "a: 1\na: 2",
      "1: 2",
      "~: 1",
    ],
    ...[
      "a: .nan",
      "a: .inf",
      "a: 0x1F",
      "a: 99999999999999999999",
      'a: "\\0"',
      'a: "\\ud800"',
      "__proto__: {a: 1}",
      "a: |\n  x\n b",
    ],
    ...[
      laughs(30, (i) => `a${i}: &a${i} [${i === 0 ? "x" : `*a${i - 1}, *a${i - 1}, *a${i - 1}`}]`),
      "- ".repeat(300),
      `a: ${"[".repeat(5_000)}`,
    ],
    ...[
      `a: "${"\\z".repeat(1_000)}"`,
      "%\n".repeat(200),
      `a: ${"x".repeat(MIB)}`,
      "x: 1\n".repeat(30_000),
      "a: 2026-09-01",
    ],
  ],
  xml: [
    ...[
      "",
      "<",
      "<a>",
      "<offers-request>",
      "<offers-request/>",
      "<other/>",
      "<offers-request/><offers-request/>",
      "text",
    ],
    ...[
      doctype('<!ENTITY x "y">'),
      doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
      doctype('<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;'),
    ],
    doctype(laughs(20, (i) => `<!ENTITY ${i === 19 ? "x" : `x${i}`} "${i === 0 ? "lol" : `&x${i - 1};&x${i - 1};`}">`)),
    ...[
      "<offers-request>&x;</offers-request>",
      "<offers-request>&#0;</offers-request>",
      "<offers-request><meta/><meta/></offers-request>",
    ],
    ...[
      '<offers-request xmlns="urn:x"/>',
      '<x:offers-request xmlns:x="urn:x"/>',
      "<offers-request><![CDATA[x]]></offers-request>",
    ],
    ...[
      "<offers-request><executable kind='a' kind='b'/></offers-request>",
      "<offers-request __proto__='x'/>",
      "<?x y?><offers-request/>",
    ],
    ...[
      "<offers-request><compute kind='x'><cores>many</cores></compute></offers-request>",
      '<?xml version="1.0" encoding="UTF-16"?><offers-request/>',
    ],
    ...[`<offers-request>${"<meta>".repeat(200)}`, `<offers-request>${"<data/>".repeat(21_000)}</offers-request>`],
    ...[
      `<offers-request><meta><name>${"x".repeat(MIB)}</name></meta></offers-request>`,
      "<update/>",
      "<update kind='uri:enum-value-update'/>",
    ],
    "<offers-request><executable xsi:nil='true' kind='x'/><!-- -- --></offers-request>",
  ],
};
