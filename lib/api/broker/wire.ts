import type { Format } from "../media/format.ts";
import { formatOfProblem } from "../media/format-wanted.ts";
import { type ReadBody, readBody as read } from "../media/read-body.ts";
import { type Body, writeBody } from "../media/write-body.ts";
import { makeXmlCodec, type XmlCodec } from "../media/xml/make-xml-codec.ts";
import type { ProblemDetails } from "../standard/extensions.ts";
import { jsonSchemas } from "../standard/json-schemas.ts";
import type { SchemaName } from "../standard/schemas.ts";

let kept: XmlCodec | null = null;
const codec = (): XmlCodec => {
  kept ??= makeXmlCodec(jsonSchemas());
  return kept;
};

/** A request is a few pages at the most. It is stored with its answer, and read again with each of its offers. */
const MAX_REQUEST_BYTES = 64 * 1024;

/** The body of a request in any of the three formats, as JSON. In XML it has to be what the schema of that name says. */
export const readWire = (request: Request, schema: SchemaName): Promise<ReadBody> =>
  read(request, { xml: { codec: codec(), schema }, maxBytes: MAX_REQUEST_BYTES });

/** An answer in that format. */
export const writeWire = (value: unknown, schema: SchemaName, format: Format): Body =>
  format === "xml" ? writeBody(value, format, { codec: codec(), schema }) : writeBody(value, format);

/** A problem of that request, in what its caller accepts of the two formats that problems have. */
export function problemResponse(
  problem: ProblemDetails,
  request: Pick<Request, "url" | "headers">,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const format = formatOfProblem(request.headers.get("accept"));
  // A query may say what is nobody else's business; and whoever may not look is not told even what they asked for.
  const instance = [401, 403].includes(problem.status) ? {} : { instance: new URL(request.url).pathname };
  const { text } = writeWire({ ...problem, ...instance }, "ProblemDetails", format);
  return new Response(text, {
    status: problem.status,
    headers: {
      "content-type": `application/problem+${format}; charset=utf-8`,
      "cache-control": "no-store",
      ...headers,
    },
  });
}
