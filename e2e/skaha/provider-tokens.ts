import { z } from "zod";

const CACHED_MS = 2_000;
const GIVE_UP_MS = 5_000;

/** A provider beside this process whose access tokens are accepted, and what it has said lately. */
export interface ProviderTokens {
  /** The issuer that a reset goes back to; null for none. */
  readonly issuerAtStart: string | null;
  /** By issuer: where it says who a token is of. */
  readonly endpoints: Map<string, string>;
  readonly said: Map<string, { readonly name: string | null; readonly until: number }>;
}

export const createProviderTokens = (issuerAtStart: string | null): ProviderTokens => ({
  issuerAtStart,
  endpoints: new Map(),
  said: new Map(),
});

const discovery = z.object({ issuer: z.string(), userinfo_endpoint: z.url() });
const userinfo = z.object({ preferred_username: z.string().min(1) });

/**
 * Whose access token this is, in the provider's words; null when the provider refuses it: over, revoked or never its own, of
 * which it says no more. Asks at most every two seconds. Whom the token is for (its audience) is not looked at, as at the
 * real platform. Throws when the provider cannot be asked.
 */
export async function askProvider(known: ProviderTokens, issuer: string, token: string, now: number) {
  const key = `${issuer} ${token}`;
  const before = known.said.get(key);
  if (before && now < before.until) return before.name;
  const endpoint = known.endpoints.get(issuer) ?? (await discover(issuer));
  known.endpoints.set(issuer, endpoint);
  const response = await get(endpoint, { authorization: `Bearer ${token}` });
  if (!response.ok && response.status !== 401) throw new Error(`${endpoint} answered ${response.status}`);
  const name = response.ok ? userinfo.parse(await response.json()).preferred_username : null;
  for (const [old, { until }] of known.said) if (until <= now) known.said.delete(old);
  known.said.set(key, { name, until: now + CACHED_MS });
  return name;
}

/** Throws when it calls itself something else, were it by a slash. */
async function discover(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await get(address, {});
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const document = discovery.parse(await response.json());
  if (document.issuer !== issuer) throw new Error(`${address} is of the issuer ${document.issuer}, not ${issuer}`);
  return document.userinfo_endpoint;
}

const get = (address: string, headers: Record<string, string>) =>
  fetch(address, { headers, signal: AbortSignal.timeout(GIVE_UP_MS) });
