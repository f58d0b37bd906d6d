import type { IncomingMessage } from "node:http";
import { urlOf } from "./parameters.ts";
import type { World } from "./world.ts";

export interface Logged {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a form body; secrets are masked here as well. */
  readonly form: readonly (readonly [string, string])[];
  /** Null while it is not answered, and when the connection was broken instead. */
  status: number | null;
}

const KEPT = 2_000;
const MASK = "***";
const secretHeader = /authorization|registry-auth|cookie|cert|token|secret|api-key/i;
const secretName =
  /^(token|password|secret|code|code_verifier|client_secret|access_token|refresh_token|id_token|id_token_hint|device_code|registrysecret)$/i;

/** Writes a request down as it arrives, without what would let a reader act as somebody else. */
export function logRequest(world: World, request: IncomingMessage, body: string): Logged {
  const url = urlOf(request);
  for (const name of [...url.searchParams.keys()]) if (secretName.test(name)) url.searchParams.set(name, MASK);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, headerToShow(name, String(value))]);
  const isForm = (request.headers["content-type"] ?? "").includes("x-www-form-urlencoded");
  const form = isForm ? [...new URLSearchParams(body)] : [];
  const logged: Logged = {
    at: new Date(world.clock.shown()).toISOString(),
    method: request.method ?? "",
    path: `${url.pathname}${url.search}`,
    headers: Object.fromEntries(headers),
    form: form.map(([name, value]) => [name, secretName.test(name) ? MASK : value]),
    status: null,
  };
  world.requests.push(logged);
  if (world.requests.length > KEPT) world.requests.shift();
  return logged;
}

function headerToShow(name: string, value: string): string {
  if (name === "referer") return value.replace(/\?.*/, `?${MASK}`);
  if (!secretHeader.test(name) || name === "x-skaha-authentication-type") return value;
  const scheme = name === "authorization" ? /^(bearer|basic|token) /i.exec(value)?.[0] : undefined;
  return `${scheme ?? ""}${MASK}`;
}
