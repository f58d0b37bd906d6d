import { isSafe } from "./read-text.ts";
import type { Capability } from "./vosi.ts";

/** Skaha's sessions, as its capabilities call them. */
const SESSIONS = "http://www.opencadc.org/std/platform#session-1";
const otherVersion = /[^/]\/v(?!1(?:\/|$))\d+(?:\/|$)/;

/** The capabilities have no address that Meridian can use. The message goes on after “its capabilities …”. */
export class NoBaseError extends Error {
  override readonly name = "NoBaseError";
}

/**
 * Where the Skaha of these capabilities is, for who signs in with `securityMethod`: the base below which `/v1/session` is, without
 * a slash at its end. Written there is `…/skaha/v1/session`, `…/skaha/v1` or `…/skaha`; other versions, as the `/v0` that is
 * advertised and answers 404, do not count. Throws {@link NoBaseError}.
 */
export function sessionBase(capabilities: readonly Capability[], securityMethod: string): URL {
  const interfaces = capabilities.filter((one) => one.standardId === SESSIONS).flatMap((one) => one.interfaces);
  if (interfaces.length === 0) throw new NoBaseError(`name no sessions (${SESSIONS})`);
  const fitting = interfaces.filter((one) => one.securityMethods.includes(securityMethod));
  if (fitting.length === 0) {
    const others = [...new Set(interfaces.flatMap((one) => one.securityMethods))].join(", ") || "none";
    throw new NoBaseError(`have sessions, but none for the security method ${securityMethod}; there is: ${others}`);
  }
  const bases = fitting.flatMap((one) => one.bases);
  if (bases.length === 0) throw new NoBaseError(`give no base address for sessions with ${securityMethod}`);
  const written = bases.find((base) => !otherVersion.test(base));
  if (written === undefined)
    throw new NoBaseError(`have sessions of another version than v1 only (${bases.join(", ")})`);
  const url = parse(written);
  return new URL(url.origin + url.pathname.replace(/\/+$/, "").replace(/\/v1(?:\/session)?$/, ""));
}

function parse(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "") {
    throw new NoBaseError(`give “${written.slice(0, 200)}” for sessions, which is no http(s) address`);
  }
  if (!isSafe(url)) throw new NoBaseError(`give ${url.origin} for sessions, which is no https address`);
  return url;
}
