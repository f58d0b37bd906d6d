import type { SchemaName } from "#lib/api/standard/schemas.ts";

/** One request of the fuzz suite, before it is sent; whoever sends it adds who asks. */
export interface Sent {
  readonly method: "GET" | "POST";
  /** What follows the API's own address. */
  readonly where: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** What a 200 or a 303 has to be; null: an object of nobody's schema. */
  readonly answer: SchemaName | null;
}

/** The request as a person would copy it from a failure. */
export function inWords({ method, where, headers, body }: Sent): string {
  const text = body === undefined ? "" : Buffer.from(body).toString("latin1");
  const shown = text.length > 2_000 ? `${text.slice(0, 2_000)}… (${text.length} bytes)` : text;
  return `${method} ${where.slice(0, 300)} ${JSON.stringify(headers).slice(0, 600)}\n${JSON.stringify(shown)}`;
}
