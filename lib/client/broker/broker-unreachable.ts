/** Nothing answered at the broker's address: it is not there, the line broke, or the name leads nowhere. */
export class BrokerUnreachable extends Error {
  override name = "BrokerUnreachable";

  /** `mayBeDone`: what was asked for would change something, and may have been done before the line broke. */
  constructor(url: string, cause: unknown, mayBeDone = false) {
    const done = mayBeDone ? " It may have been done all the same: look at your sessions before you ask again." : "";
    super(`${url} cannot be reached: ${reason(cause)}.${done}`, { cause });
  }
}

/** What fetch says is “fetch failed”; what failed is in its cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof AggregateError) return reason(error.cause.errors[0]);
  return error.cause instanceof Error ? reason(error.cause) : error.message;
}
