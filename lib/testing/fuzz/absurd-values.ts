import type { JsonObject, JsonValue } from "#lib/api/media/json-value.ts";

const nested = (levels: number): JsonValue =>
  levels === 0 ? 1 : levels % 2 === 0 ? [nested(levels - 1)] : { a: nested(levels - 1) };

/** What nobody means, whatever the field. */
export const absurdValues: readonly JsonValue[] = [
  ...[null, true, false, 0, -1, 0.5, -0.1, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1), 2 ** 60],
  ...[
    "",
    " ",
    "0",
    "null",
    "NaN",
    "x".repeat(20_000),
    "\u0001\u001f\u007f\u0085",
    "\ud800",
    "a\0b",
    "\ufffe",
    "\u2028",
  ],
  ...["😀".repeat(200), "]]>", "../../etc/passwd", "'; DROP TABLE sessions; --", "{path}{0}%s", "a\r\nb: c"],
  ...[[], {}, [[]], [null], [{}], { kind: null }, { "": "" }, nested(30), nested(70)],
  ...[Array.from({ length: 70 }, () => ({})), Array.from({ length: 25_000 }, () => 0)],
];

/** Schedules that no calendar has, or that take long to say no to. */
export const absurdSchedules: readonly JsonObject[] = [
  ...[
    "P99999999999W",
    "PT0S",
    "-PT1H",
    "P1Y",
    "PT0.000001S",
    "PT9007199254740S",
    "P1H",
    `PT${"9".repeat(400)}S`,
    "pt1h",
  ],
  ...["P9007199254D", "PT1H/PT1H", "", "1 hour"],
].map((duration) => ({ duration }));

export const absurdStarts: readonly string[] = [
  ...["0000-01-01T00:00:00Z/9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z/P9999Y", "2026-02-30T00:00:00Z/PT1H", "now"],
  ...[
    "2026-09-01T00:00:00Z/2020-01-01T00:00:00Z",
    "P1D/P1D",
    "R5/2026-09-01T00:00:00Z/PT1H",
    "/",
    "//",
    "../..",
    "P1D/..",
  ],
  ...["PT1H/0000-01-01T00:00:00Z", "2026-09-01T00:00:00+99:00/PT1H", "-000001-01-01T00:00:00Z/P1D"],
];

/** Names that mean something to JavaScript, or to a reader of XML. */
export const absurdNames: readonly string[] = [
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "then",
    "",
    " ",
    "a b",
    "1a",
    "xmlns",
    "a:b",
  ],
  ...["kind", "Kind", "meta", "requested", "\u0000", "~1/~0", "x".repeat(2_000), "extra", "$ref", "ü"],
];
