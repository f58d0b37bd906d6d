import { BrokerProblem } from "./broker-problem.ts";
import { BrokerUnreachable } from "./broker-unreachable.ts";

/** Where a broker is, and who asks. */
export interface BrokerAccess {
  /** The address of the API, such as `https://meridian.example.org/api/broker/v1`. */
  readonly url: string;
  /** A personal access token, or an access token of an OpenID provider. */
  readonly token: string;
  /** Instead of the fetch that is there. */
  readonly fetch?: typeof fetch;
  /** How long to wait before each new try, in milliseconds; left out: four times, as long as a broker takes to come back. */
  readonly pausesMs?: readonly number[];
}

const usualPausesMs: readonly number[] = [250, 500, 1_000, 2_000];

export interface Sent {
  readonly method?: "GET" | "POST";
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  /** Goes out as JSON; a text as it is, as YAML. */
  readonly body?: unknown;
  readonly accept?: string;
  readonly etag?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  /** Whether a 400 in JSON that is no problem is an answer, as the refused session of /direct. */
  readonly mayRefuse?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export type Send = (path: string, sent?: Sent) => Promise<Response>;

/**
 * What sends requests to a broker and gives back every answer that is no trouble: 2xx, 303 and 304. Redirects are not followed
 * by themselves: the token goes to the broker's own address and nowhere else. A POST with an `idempotencyKey` is sent again when its
 * connection breaks, until the pauses are used up: the key is what makes sure that it is done once.
 *
 * Throws BrokerProblem for any other answer, BrokerUnreachable where there is none, and the signal's reason when it aborts.
 */
export function sender({ url, token, fetch: given = fetch, pausesMs = usualPausesMs }: BrokerAccess): Send {
  const base = url.replace(/\/+$/, "");
  return async (path, sent = {}) => {
    const { method = "GET", query = {}, body, accept, etag, idempotencyKey, mayRefuse, signal } = sent;
    const headers: Record<string, string> = {
      accept: accept ?? "application/json",
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": typeof body === "string" ? "application/yaml" : "application/json" }),
      ...(etag !== undefined && { "if-none-match": etag }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    };
    const asked: RequestInit = { method, headers, redirect: "manual", cache: "no-store" };
    if (body !== undefined) asked.body = typeof body === "string" ? body : JSON.stringify(body);
    if (signal) asked.signal = signal;
    const ask = () => given(`${base}${path}${searchOf(query)}`, asked);
    // Without a key nobody knows whether it was done already.
    const mayAskAgain = method === "POST" && idempotencyKey !== undefined;
    const askFor = async (pauses: readonly number[]): Promise<Response> => {
      try {
        return await ask();
      } catch (error) {
        signal?.throwIfAborted();
        const [pause, ...others] = pauses;
        if (pause === undefined) throw new BrokerUnreachable(base, error, method === "POST");
        await new Promise((resolve) => setTimeout(resolve, pause));
        signal?.throwIfAborted();
        return askFor(others);
      }
    };
    const response = await askFor(mayAskAgain ? pausesMs : []);
    if (response.ok || response.status === 303 || response.status === 304) return response;
    if (mayRefuse && response.status === 400 && isJson(response)) return response;
    throw await BrokerProblem.of(response);
  };
}

const isJson = ({ headers }: Response) => /^application\/json\b/i.test(headers.get("content-type") ?? "");

function searchOf(query: NonNullable<Sent["query"]>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one));
  }
  return search.size > 0 ? `?${search}` : "";
}
