import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { arbitraryOfSchema, type JsonSchema } from "./arbitrary-of-schema.ts";

const notebook = z.strictObject({ kind: z.literal("notebook"), location: z.url().optional() });
const container = z.strictObject({
  kind: z.literal("container"),
  command: z.array(z.string()).max(2),
  port: z.int().min(0).max(65_535).meta({ format: "int32" }),
  environment: z.record(z.string(), z.string()).optional(),
});
const request = z.strictObject({
  id: z.uuid(),
  executable: z.discriminatedUnion("kind", [notebook, container]),
  level: z.enum(["INFO", "WARN"]).optional(),
  digest: z.string().regex(/^sha256:[0-9a-f]{8}$/),
  cores: z.int(),
  cost: z.number().min(0).max(10),
  name: z.string().min(1).max(5).optional(),
  at: z.iso.datetime().optional(),
  either: z.union([z.string(), z.boolean()]),
  get inner() {
    return request.optional();
  },
});

const registry = z.registry<{ id: string }>();
registry.add(request, { id: "Request" });
registry.add(notebook, { id: "Notebook" });
const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` }) as unknown as {
  schemas: Record<string, JsonSchema>;
};

test("every value made of a schema passes the validation that the schema comes from", () => {
  fc.assert(
    fc.property(arbitraryOfSchema({ $ref: "#/components/schemas/Request" }, schemas), (value) => {
      expect(request.safeParse(value).error).toBeUndefined();
    }),
  );
});

test("all subtypes, all optional fields and both ends of a range are made", () => {
  const values = fc
    .sample(arbitraryOfSchema({ $ref: "#/components/schemas/Request" }, schemas), 500)
    .map((value) => request.parse(value));
  expect(new Set(values.map(({ executable }) => executable.kind))).toEqual(new Set(["notebook", "container"]));
  expect(values.some(({ inner }) => inner?.inner)).toBe(true);
  expect(values.some(({ level }) => level === undefined)).toBe(true);
  expect(values.some(({ cores }) => cores > 2 ** 40) && values.some(({ cores }) => cores < -(2 ** 40))).toBe(true);
});

test("subtypes that only a mapping names, as in the standard, carry their kind", () => {
  const described: Record<string, JsonSchema> = {
    Base: {
      type: "object",
      required: ["kind"],
      discriminator: {
        propertyName: "kind",
        mapping: { "k:base": "#/components/schemas/Base", "k:sub": "#/components/schemas/Sub" },
      },
      properties: { kind: { type: "string" } },
    },
    Sub: {
      allOf: [
        { $ref: "#/components/schemas/Base" },
        { type: "object", properties: { min: { type: "number" } }, required: ["min"] },
      ],
    },
  };
  const values = fc.sample(arbitraryOfSchema({ $ref: "#/components/schemas/Base" }, described), 100) as {
    kind: string;
    min?: number;
  }[];
  expect(new Set(values.map(({ kind }) => kind))).toEqual(new Set(["k:base", "k:sub"]));
  expect(values.every(({ kind, min }) => (kind === "k:sub") === (min !== undefined))).toBe(true);
});

test("a schema can be made otherwise by its name", () => {
  const [value] = fc.sample(
    arbitraryOfSchema(
      { type: "object", required: ["id"], properties: { id: { $ref: "#/components/schemas/Id" } } },
      { Id: { type: "string", pattern: "(?>x)" } },
      { instead: { Id: fc.constant("mine") } },
    ),
    1,
  );
  expect(value).toEqual({ id: "mine" });
});
