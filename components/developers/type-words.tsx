import type { JsonSchema } from "#lib/api/standard/json-schemas.ts";
import { typeParts } from "./type-parts.ts";

/** A type in words, each schema in it a link. */
export function TypeWords({ schema }: { schema: JsonSchema }) {
  return (
    <span className="mono type">
      {typeParts(schema).map(({ text, schema: name }) =>
        name ? (
          <a key={text} href={`#schema-${name}`}>
            {text}
          </a>
        ) : (
          text
        ),
      )}
    </span>
  );
}
