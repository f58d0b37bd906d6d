import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import { readForm } from "./form.ts";
import { breakDown, takeOutage } from "./outage.ts";
import type { Logged, ProviderState } from "./provider-state.ts";
import { answerSignIn } from "./sign-in-page.ts";

export interface Serving {
  readonly state: ProviderState;
  readonly provider: Provider;
  readonly callback: (request: IncomingMessage, response: ServerResponse) => unknown;
}

/** One request: written down, then out of order, or the sign-in page's, or the provider's. */
export async function serveRequest(
  { state, provider, callback }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const logged: Logged = { method: request.method ?? "GET", path: pathToShow(url.pathname) };
  const { referer } = request.headers;
  if (referer) logged.referer = referer.replace(/\?.*/, "?***");
  state.requests.push(logged);
  state.logged.set(request, logged);
  response.once("finish", () => {
    logged.status = response.statusCode;
  });
  const kind = takeOutage(state, url.pathname);
  if (kind !== null && breakDown(kind, request, response)) {
    const grantType = (await readForm(request).catch(() => null))?.get("grant_type");
    if (grantType) logged.grantType = grantType;
    return;
  }
  if (url.pathname.startsWith("/sign-in/")) return await answerSignIn(state, provider, request, response);
  if (url.pathname === "/authorize" && request.method === "GET") allowOffline(url.searchParams);
  request.url = `${url.pathname}${url.search}`;
  await callback(request, response);
}

/**
 * The provider goes by OpenID Connect Core, section 11: it forgets `offline_access` unless the client asks for consent. SKA
 * IAM does not, so consent is asked for in the client's place, and given without a page.
 */
function allowOffline(query: URLSearchParams): void {
  const prompt = query.get("prompt")?.split(" ") ?? [];
  if (!query.get("scope")?.split(" ").includes("offline_access")) return;
  if (!prompt.includes("consent") && !prompt.includes("none")) query.set("prompt", [...prompt, "consent"].join(" "));
}

/** What comes after these two names a sign-in under way. */
const pathToShow = (pathname: string) => pathname.replace(/^\/(authorize|sign-in)\/.*/, "/$1/*");
