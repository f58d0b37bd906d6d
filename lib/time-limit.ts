/**
 * Does `work` with a signal that aborts when `signal` does, or after `ms`. In Node 20, `AbortSignal.any` over an
 * `AbortSignal.timeout` may be forgotten by the garbage collector and then never aborts: a request to a server that has
 * stopped would wait for ever. This one is held until the work has ended.
 */
export async function withinTime<T>(
  signal: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const abort = () => limit.abort(signal.reason);
  const timer = setTimeout(() => limit.abort(new DOMException(`not done within ${ms} ms`, "TimeoutError")), ms);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
