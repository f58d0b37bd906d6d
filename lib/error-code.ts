/** The system's code for what failed, such as ECONNREFUSED; null when there is none. `fetch` hides it in the cause. */
export function errorCode(error: unknown): string | null {
  const cause = causeOf(error);
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
}

/** Whether something took longer than a limit of ours, as `withinTime` or `AbortSignal.timeout` sets it. */
export function isTimeOut(error: unknown): boolean {
  return [error, causeOf(error)].some((one) => one instanceof Error && one.name === "TimeoutError");
}

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error;
