import type { IncomingMessage } from "node:http";

/** Parameters as Skaha knows them: names in any case, the first of repeated ones counts. */
export interface Parameters {
  readonly get: (name: string) => string | null;
  readonly all: (name: string) => readonly string[];
  readonly entries: readonly (readonly [string, string])[];
}

export function parametersOf(entries: Iterable<readonly [string, string]>): Parameters {
  const lower = [...entries].map(([name, value]) => [name.toLowerCase(), value] as const);
  const all = (name: string) => lower.filter(([one]) => one === name).map(([, value]) => value);
  return { get: (name) => all(name)[0] ?? null, all, entries: lower };
}

/**
 * Reads a POST. A form body counts together with the query string, a multipart body alone; any other content type, or
 * none, means no parameters at all.
 */
export async function postedParameters(request: IncomingMessage, url: URL, body: Buffer): Promise<Parameters> {
  const type = request.headers["content-type"] ?? "";
  if (isType(type, "application/x-www-form-urlencoded"))
    return parametersOf([...url.searchParams, ...new URLSearchParams(body.toString("utf8"))]);
  if (isType(type, "multipart/form-data")) return parametersOf(await multipart(type, body));
  return parametersOf([]);
}

/** The address that was asked for; only its path and query mean anything. Nonsense is the root. */
export function urlOf({ url = "/" }: IncomingMessage): URL {
  const whole = `http://127.0.0.1${url}`;
  return new URL(url.startsWith("/") && URL.canParse(whole) ? whole : "http://127.0.0.1/");
}

const isType = (header: string, type: string) => header.split(";")[0]?.trim().toLowerCase() === type;

/** Fields of a form; files are no parameters, and neither is a body that cannot be read. */
async function multipart(type: string, body: Buffer): Promise<[string, string][]> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData()
    .catch(() => null);
  return [...(form ?? [])].flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value]] : [],
  );
}

const LARGEST_BODY = 1_000_000;

/** The whole body; throws when it is larger than anything Skaha is sent. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LARGEST_BODY) throw new Error("the body is too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
