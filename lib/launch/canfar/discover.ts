import { AnswerError, readText } from "./read-text.ts";
import { nearIds, readResourceCaps } from "./resource-caps.ts";
import { NoBaseError, sessionBase } from "./session-base.ts";
import { type Capability, readCapabilities, VosiError } from "./vosi.ts";

export interface Discovery {
  /** Such as `https://ws.cadc-ccda.hia-iha.nrc-cnrc.gc.ca/reg`. */
  readonly registry: URL;
  /** The service, such as `ivo://cadc.nrc.ca/skaha`. */
  readonly resourceId: string;
  /** How we sign in there, an id of IVOA SSO. */
  readonly securityMethod?: string;
  /** How long the registry may take, and then the service, in milliseconds. */
  readonly timeoutMs?: number;
}

/** The service was not found; the message says why. `mayPass`: somebody did not answer as they should, so ask again later. */
export class DiscoveryError extends Error {
  readonly mayPass: boolean;
  constructor(message: string, { mayPass = false, cause }: { mayPass?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = "DiscoveryError";
    this.mayPass = mayPass;
  }
}

/**
 * Finds a Skaha by its name in an IVOA registry: asks the registry for its capabilities, and those for the sessions. Returns its
 * base, such as `https://ws-uv.canfar.net/skaha`, below which `/v1/session` is. For the start of Meridian, never for a session:
 * nothing is repeated and nothing kept. Everything on the way is https, or on this machine.
 *
 * Throws {@link DiscoveryError}; the signal's reason when it aborts.
 */
export async function discoverSkaha(discovery: Discovery, signal: AbortSignal): Promise<URL> {
  const { registry, resourceId, securityMethod = "ivo://ivoa.net/sso#token", timeoutMs = 2_000 } = discovery;
  const list = new URL(`${registry.origin}${registry.pathname.replace(/\/+$/, "")}/resource-caps`);
  const caps = readResourceCaps(await read(`The registry ${registry.host}`, list, timeoutMs, signal));
  const address = caps.get(resourceId);
  if (address === undefined) {
    const near = nearIds(caps);
    const there = near.length > 0 ? `it has ${near.join(", ")}` : "it has no Skaha at all";
    throw new DiscoveryError(`The registry ${registry.host} does not know ${resourceId}: ${there}.`);
  }
  if (!URL.canParse(address)) {
    throw new DiscoveryError(
      `The registry ${registry.host} has no address for ${resourceId}: “${address.slice(0, 200)}”.`,
    );
  }
  const url = new URL(address);
  const what = `${resourceId} (${url.host})`;
  const capabilities = understood(what, await read(what, url, timeoutMs, signal));
  try {
    return sessionBase(capabilities, securityMethod);
  } catch (error) {
    if (!(error instanceof NoBaseError)) throw error;
    throw new DiscoveryError(`The capabilities of ${what} ${error.message}.`, { cause: error });
  }
}

async function read(who: string, url: URL, timeoutMs: number, signal: AbortSignal): Promise<string> {
  try {
    return await readText(url, timeoutMs, signal);
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    throw new DiscoveryError(`${who} ${error.message}.`, { mayPass: error.mayPass, cause: error });
  }
}

function understood(what: string, xml: string): readonly Capability[] {
  try {
    return readCapabilities(xml);
  } catch (error) {
    if (!(error instanceof VosiError)) throw error;
    throw new DiscoveryError(`The capabilities of ${what} cannot be read: it answered ${error.message}.`, {
      cause: error,
    });
  }
}
