import type { IncomingMessage } from "node:http";

/** The fields of a posted form; none when it is no form. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  return new URLSearchParams(body);
}
