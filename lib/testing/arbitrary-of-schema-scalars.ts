import fc from "fast-check";

interface Bounds {
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Whole numbers that fit; the small ones are the usual ones. Without a format they are those that JSON keeps exactly. */
export function anInteger({ format, minimum = -Infinity, maximum = Infinity }: Bounds): fc.Arbitrary<number> {
  const most = format === "int32" ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  const min = Math.ceil(Math.max(-most, minimum));
  const max = Math.floor(Math.min(most, maximum));
  const between = (low: number, high: number) => fc.bigInt({ min: BigInt(low), max: BigInt(high) }).map(Number);
  const all = between(min, max);
  return min <= 100 && max >= -10 ? fc.oneof(between(Math.max(min, -10), Math.min(max, 100)), all) : all;
}

/** What would be written as an integer with more digits than JSON readers keep. */
const losesDigits = (value: number) => /^-?\d+$/.test(String(value)) && !Number.isSafeInteger(value);

/** Finite numbers that fit. There is no -0, as JSON has none, and no integer beyond 2^53-1 in full, which readers refuse. */
export function aNumber({ format, minimum, maximum }: Bounds): fc.Arbitrary<number> {
  const low = minimum ?? -Number.MAX_VALUE;
  const high = maximum ?? Number.MAX_VALUE;
  const any = fc.double({ min: low, max: high, noNaN: true });
  const short = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => Math.min(Math.max(value, low), high));
  return (format === "float" ? short : any).filter((value) => !losesDigits(value)).map((value) => value || 0);
}

interface Lengths {
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Text that JSON, YAML and XML can all carry, among it what one of them could take for something else. */
export function arbitraryText({ minLength = 0, maxLength = 40 }: Lengths = {}): fc.Arbitrary<string> {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength && isText(text);
  const unicode = fc.string({ unit: "binary", minLength, maxLength }).filter(fits);
  const ascii = fc.string({ unit: "grapheme-ascii", minLength, maxLength });
  return fc.oneof(ascii, unicode, fc.constantFrom(...treacherous).filter(fits));
}

/** Whether XML 1.0 can carry a text: well-formed, and no control characters but tab and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are the point
const isText = (text: string) => !/[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u.test(text);

const treacherous = [
  ...["YES", "NO", "on", "Off", "y", "n", "true", "null", "~", "", " ", "\n", " two  spaces ", "\ttab", "a\r\nb\rc\n"],
  ...["1", "-1", "010", "0x1F", "1e3", "1_000", "1:20", ".inf", "NaN", "2026-09-01", "2026-09-01T09:00:00Z", "PT1H"],
  ...[
    "a: b",
    "- a",
    "# no comment",
    "a #b",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "`a`",
    "|",
    ">",
    "{a}",
    "[a]",
    "---",
    "...",
    "=",
    "<<",
  ],
  ...[
    "<a>",
    "</a>",
    "&amp;",
    "&lt;b&gt;",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- -->",
    "<?a?>",
    "'",
    '"',
    "\\",
    "\\u0041",
    "entry",
  ],
  ...[
    "é ü 😀",
    "a\u0085b\u2028c\u2029d",
    "\ufeffbom",
    "\u00a0",
    "e\u0301",
    "kind",
    "toString",
    "xmlns",
    "a:b",
    "1a",
    "first\n  second\n\n",
  ],
];

interface Written extends Lengths {
  readonly format?: string;
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
}

/** Text that fits. Where a pattern has examples, they are made as often as everything else that matches it. */
export function aString({ format, pattern, examples = [], ...lengths }: Written): fc.Arbitrary<string> {
  if (format === "date-time") return aTime;
  if (format === "uri") return fc.oneof(fc.webUrl({ withQueryParameters: true }), aUrn);
  if (format === "uuid") return fc.uuid();
  if (pattern === undefined) return arbitraryText(lengths);
  const given = examples.filter((example) => typeof example === "string");
  const anExample = given.length > 0 ? [fc.constantFrom(...given)] : [];
  // fast-check has no look-around; there the examples have to do.
  if (anExample.length > 0 && /\(\?[=!<]/.test(pattern)) return fc.oneof(...anExample);
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = lengths;
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength && isText(text);
  return fc.oneof(...anExample, fc.stringMatching(new RegExp(pattern)).filter(fits));
}

const aUrn = fc.uuid().map((id) => `urn:uuid:${id}`);

const aTime = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString().replace(/\.\d+Z$/, "Z"));
