import type { ProblemDetails } from "#lib/api/standard/extensions.ts";
import type { SchemaName } from "#lib/api/standard/schemas.ts";

/** What a handler answers, whatever the format: an object of that schema, perhaps at another address, or a problem. */
export type Answer =
  | { readonly status: 200; readonly schema: SchemaName; readonly body: unknown; readonly links?: Headers }
  | { readonly status: 303; readonly location: string; readonly schema: SchemaName; readonly body: unknown }
  /** A request to run something at once that was refused: a session that never was, as the standard wants it. */
  | { readonly status: 400; readonly schema: SchemaName; readonly body: unknown }
  | { readonly problem: ProblemDetails };

type Headers = Readonly<Record<string, string>>;

export const ok = (schema: SchemaName, body: unknown, links?: Headers): Answer => ({
  status: 200,
  schema,
  body,
  ...(links ? { links } : {}),
});
export const refused = (problem: ProblemDetails): Answer => ({ problem });
