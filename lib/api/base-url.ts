import { isLoopback } from "#lib/is-loopback.ts";

/** Below the public address: where the Execution Broker API of this Meridian answers. */
export const API_PATH = "/api/broker/v1";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The public address of the API, such as `https://meridian.example.org/api/broker/v1`, without a slash at its end.
 *
 * It is made of the configured address (NEXTAUTH_URL, which `npm start` always sets for the web server) and, but for the names of
 * this machine, never of a request: behind a proxy that names the wrong host, and a client drops its token when a `Location` leads
 * to another one. Without the setting it is this machine's own. Throws a TypeError when NEXTAUTH_URL is no address.
 *
 * This machine has several names for itself, and a port may be forwarded to it. So where the configured address is on this machine
 * and `host` (the Host header) too, it is that of whoever asks.
 */
export function apiBaseUrl(variables: Variables = process.env, host: string | null = null): string {
  const key = JSON.stringify([variables.NEXTAUTH_URL, variables.PORT, host]);
  if (last.key !== key) last = { key, value: readBaseUrl(variables, host) };
  return last.value;
}

/** Every answer asks, and mostly for the same. */
let last = { key: "", value: "" };

function readBaseUrl(variables: Variables, host: string | null): string {
  const address = publicAddress(variables);
  const { protocol, hostname, pathname } = new URL(address);
  const isHere = host !== null && isLoopback(hostname) && isThisMachine(protocol, host);
  return isHere ? `${protocol}//${host}${pathname.replace(/\/+$/, "")}${API_PATH}` : `${address}${API_PATH}`;
}

/** Whether it is a name of this machine, perhaps with a port, and nothing else. */
function isThisMachine(protocol: string, host: string): boolean {
  if (!URL.canParse(`${protocol}//${host}`)) return false;
  const url = new URL(`${protocol}//${host}`);
  return isLoopback(url.hostname) && url.href === `${protocol}//${url.host}/`;
}

/** The public address of this Meridian, without a slash at its end; it may have a path. */
export function publicAddress({ NEXTAUTH_URL, PORT }: Variables = process.env): string {
  const { origin, pathname } = new URL(NEXTAUTH_URL || `http://127.0.0.1:${PORT || 3000}`);
  // The sign-in also takes the address of its own routes there.
  const path = pathname.replace(/\/+$/, "").replace(/\/api\/auth$/, "");
  return `${origin}${path}`;
}
