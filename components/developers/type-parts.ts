import type { JsonSchema } from "#lib/api/standard/json-schemas.ts";

/** A type in words; a part with a `schema` leads to the schema of that name. */
export interface TypePart {
  readonly text: string;
  readonly schema?: string;
}

/** What a field may hold, as a row of words: `list of MessageItem`, `YES or NO`, `date-time`. */
export function typeParts(schema: JsonSchema): TypePart[] {
  const { $ref, items, oneOf, format, type } = schema;
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf("/") + 1);
    return [{ text: name, schema: name }];
  }
  if (items) return [{ text: "list of " }, ...typeParts(items)];
  if (oneOf) return oneOf.flatMap((one, at) => [...(at > 0 ? [{ text: " or " }] : []), ...typeParts(one)]);
  if (schema.const !== undefined) return [{ text: String(schema.const) }];
  if (schema.enum) return [{ text: inWords(schema.enum.map(String)) }];
  if (typeof schema.additionalProperties === "object") {
    return [{ text: "map to " }, ...typeParts(schema.additionalProperties)];
  }
  return [{ text: format ?? type ?? "anything" }];
}

const inWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
