import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { compile, type JSONSchema } from "json-schema-to-typescript";
import type { OpenApiDocument, OperationObject, Parameter } from "#lib/api/openapi/document.ts";

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const BANNER = "// Made of the OpenAPI document by bin/generate-client.ts: change that, not this.";
/** What the generator says of where a type comes from: the name says it already. */
const origin =
  /^ \*\n \* This interface was referenced by `Nothing`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/gm;
const onlyOrigin =
  /^\/\*\*\n \* This interface was referenced by `Nothing`'s JSON-Schema\n \* via the `definition` "\w+"\.\n \*\/\n/gm;

/** The TypeScript types of an API's schemas, and of its operations by name: how each is called and what its good answer is. */
export async function clientTypes(document: OpenApiDocument): Promise<string> {
  const definitions = plain(document.components.schemas) as JSONSchema;
  const types = await compile({ type: "object", definitions } as JSONSchema, "Nothing", {
    additionalProperties: false,
    unreachableDefinitions: true,
    bannerComment: BANNER,
    style: { printWidth: 120 },
  });
  const tidy = types.replace(origin, "").replace(onlyOrigin, "").replace("export interface Nothing {}\n", "");
  return formatted(`${tidy}\n${operationTypes(document)}`);
}

/** As every other file of the project. */
const formatted = (source: string): string =>
  execFileSync(process.execPath, [biome, "format", "--stdin-file-path=schema.d.ts"], {
    input: source,
    encoding: "utf8",
    cwd: path.join(import.meta.dirname, ".."),
  });

/** The schema as JSON Schema has it: a discriminator is no part of it, and a union needs no type beside. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { $ref, discriminator: _, xml: __, ...rest } = value as Record<string, unknown>;
  if (typeof $ref === "string") return { $ref: `#/definitions/${nameOf($ref)}` };
  if (rest.oneOf) delete rest.type;
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, plain(inner)]));
}

function operationTypes({ paths, components }: OpenApiDocument): string {
  const typeOf = (operation: OperationObject, path: string, method: string) => {
    const query = (operation.parameters ?? [])
      .map(({ $ref }) => components.parameters[nameOf($ref)] as Parameter)
      .filter((parameter) => parameter.in === "query");
    const good = operation.responses[200];
    const answer = good && "content" in good ? good.content?.["application/json"] : undefined;
    return [
      `  /** ${operation.summary}. */`,
      `  ${operation.operationId}: {`,
      `    method: "${method.toUpperCase()}";`,
      `    path: "${path}";`,
      `    query: ${query.length === 0 ? "Record<never, never>" : `{ ${query.map(queryType).join("; ")} }`};`,
      `    body: ${schemaName(operation.requestBody?.content["application/json"]?.schema) ?? "undefined"};`,
      `    answer: ${schemaName(answer?.schema) ?? "unknown"};`,
      "  };",
    ].join("\n");
  };
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => typeOf(operation, path, method)),
  );
  return `/** Every operation by its name. */\nexport interface Operations {\n${all.join("\n")}\n}\n`;
}

function queryType({ name, schema }: Parameter): string {
  const one = (of: typeof schema) => schemaName(of) ?? (of.type === "integer" ? "number" : of.type);
  return `${name}?: ${schema.items ? `${one(schema.items)}[]` : one(schema)}`;
}

const nameOf = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);
const schemaName = (schema: { $ref?: string } | undefined) => (schema?.$ref ? nameOf(schema.$ref) : undefined);
