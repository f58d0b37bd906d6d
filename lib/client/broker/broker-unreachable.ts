/** Nothing answered at the broker's address: it is not there, the line broke, or the name leads nowhere. */
export class BrokerUnreachable extends Error {
  override name = "BrokerUnreachable";

  constructor(url: string, cause: unknown) {
    super(`${url} cannot be reached: ${reason(cause)}.`, { cause });
  }
}

/** What fetch says is “fetch failed”; what failed is in its cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof AggregateError) return reason(error.cause.errors[0]);
  return error.cause instanceof Error ? reason(error.cause) : error.message;
}
