import type { MessageItem, ProblemDetails } from "./generated/schema.d.ts";

/** What the broker answered instead: a problem of RFC 9457, or whatever stood between us and it. */
export class BrokerProblem extends Error {
  override name = "BrokerProblem";
  readonly status: number;
  /** A word for programs, such as OFFER_EXPIRED; null where the answer had none. */
  readonly code: string | null;
  readonly detail: string;
  /** The place in what was sent, as a JSON pointer. */
  readonly path: string | null;
  /** The phase that the session is in. */
  readonly phase: string | null;
  /** What may be asked for instead. */
  readonly allowed: readonly string[];
  readonly messages: readonly MessageItem[];
  readonly retryAfterSeconds: number | null;

  constructor(status: number, details: Partial<ProblemDetails>, retryAfterSeconds: number | null = null) {
    const detail = details.detail ?? details.title ?? `The answer was ${status}.`;
    super(detail);
    this.status = status;
    this.code = details.code ?? null;
    this.detail = detail;
    this.path = details.path ?? null;
    this.phase = details.phase ?? null;
    this.allowed = details.allowed ?? [];
    this.messages = details.messages ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Reads the problem out of an answer that is no success; it may be anything, as of a proxy. */
  static async of(response: Response): Promise<BrokerProblem> {
    const text = await response.text().catch(() => "");
    const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
    return new BrokerProblem(response.status, detailsIn(text), Number.isFinite(wait) ? wait : null);
  }
}

function detailsIn(text: string): Partial<ProblemDetails> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}
