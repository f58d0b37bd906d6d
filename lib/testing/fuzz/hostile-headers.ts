import type { Format } from "#lib/api/media/format.ts";
import type { Random } from "#lib/testing/random.ts";

const accepts: readonly string[] = [
  ...[
    "*/*",
    "text/*",
    "text/html",
    "image/png",
    "application/json;q=0, */*;q=0.1",
    "application/xml;q=NaN",
    ",,;;,",
    "q=1",
  ],
  ...["x".repeat(8_000), 'application/json;q="1', "application/yaml;q=1e9", "application/problem+xml", "\xff\xfe", "*"],
  ...["application/xml, application/json;q=0.9", "text/xml;charset=utf-16", "application/json;q=-1", "*/*;q=0"],
];
const contentTypes: readonly string[] = [
  ...[
    "application/json; charset=utf-16",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "text/plain",
    "a/b/c",
  ],
  ...[
    "application/vnd.ivoa+json",
    'APPLICATION/JSON ; Charset="UTF-8"',
    "application/json;",
    "__proto__",
    "constructor/x",
    ";",
  ],
  ...["text/xml", "text/yaml", "application/json, application/xml", "\xe9", "application/xml;".repeat(500)],
];
const keys: readonly string[] = ["x".repeat(255), "x".repeat(256), "\xe9\xff", "'; --", "a,b", '"quoted"', "a  b"];
const tags: readonly string[] = ["*", '"x"', 'W/"x"', ",,,", '"', "x".repeat(8_000), '"a", "b", *', "\xff"];

const types: Record<Format, string> = { json: "application/json", yaml: "application/yaml", xml: "application/xml" };

/** The Accept header, left out now and then: what is wanted, or what nobody can read. */
export function someAccept(random: Random): Record<string, string> {
  if (random.oneIn(10)) return {};
  if (random.oneIn(12)) return { accept: random.pick(accepts) ?? "" };
  return { accept: random.pick(Object.values(types)) ?? "" };
}

/** The Content-Type of a body: mostly the one it has. */
export function someContentType(format: Format, random: Random): Record<string, string> {
  if (random.oneIn(15)) return { "content-type": random.pick([...contentTypes, ...Object.values(types)]) ?? "" };
  // Undeclared is YAML.
  return format === "yaml" && random.oneIn(3) ? {} : { "content-type": types[format] };
}

/** A key for one POST in five; now and then one that stands for something already. */
export function someKey(random: Random): Record<string, string> {
  if (!random.oneIn(5)) return {};
  const key = random.oneIn(8) ? random.pick(keys) : `key-${random.between(1, 5_000)}`;
  return { "idempotency-key": key ?? "" };
}

/** An If-None-Match for one GET in four: a tag that was given, or any. */
export function someTag(random: Random, given: readonly string[]): Record<string, string> {
  if (!random.oneIn(4)) return {};
  const tag = random.oneIn(2) ? random.pick(given) : random.pick(tags);
  return tag === undefined ? {} : { "if-none-match": tag };
}
