/** Below the public address: where the Execution Broker API of this Meridian answers. */
export const API_PATH = "/api/broker/v1";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The public address of the API, such as `https://meridian.example.org/api/broker/v1`, without a slash at its end.
 *
 * It is made of the configured address (NEXTAUTH_URL, which `npm start` always sets for the web server) and never of a request:
 * behind a proxy that names the wrong host, and a client drops its token when a `Location` leads to another one. Without the
 * setting it is this machine's own. Throws a TypeError when NEXTAUTH_URL is no address.
 */
export function apiBaseUrl(variables: Variables = process.env): string {
  return `${publicAddress(variables)}${API_PATH}`;
}

/** The public address of this Meridian, without a slash at its end; it may have a path. */
export function publicAddress({ NEXTAUTH_URL, PORT }: Variables = process.env): string {
  const { origin, pathname } = new URL(NEXTAUTH_URL || `http://127.0.0.1:${PORT || 3000}`);
  // The sign-in also takes the address of its own routes there.
  const path = pathname.replace(/\/+$/, "").replace(/\/api\/auth$/, "");
  return `${origin}${path}`;
}
