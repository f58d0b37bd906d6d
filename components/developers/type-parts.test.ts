import { expect, test } from "vitest";
import { jsonSchemas } from "#lib/api/standard/json-schemas.ts";
import { typeParts } from "./type-parts.ts";

const words = (schema: Parameters<typeof typeParts>[0]) =>
  typeParts(schema)
    .map(({ text }) => text)
    .join("");

test("a type is said in words", () => {
  expect(words({ type: "string", format: "date-time" })).toBe("date-time");
  expect(words({ type: "array", items: { $ref: "#/components/schemas/MessageItem" } })).toBe("list of MessageItem");
  expect(words({ type: "string", enum: ["YES", "NO"] })).toBe("YES or NO");
  expect(words({ type: "object", additionalProperties: { type: "string" } })).toBe("map to string");
  expect(words({ type: "string", const: "uri:enum-value-update" })).toBe("uri:enum-value-update");
});

test("every link of a type leads to a schema", () => {
  const all = jsonSchemas();
  const links = Object.values(all).flatMap((schema) => [schema, ...Object.values(schema.properties ?? {})]);
  for (const { schema } of links.flatMap(typeParts)) if (schema) expect(Object.keys(all)).toContain(schema);
});
