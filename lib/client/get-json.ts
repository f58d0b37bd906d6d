/** The server answered, but not with what was asked for. */
export class AnswerError extends Error {
  readonly status: number;

  constructor(status: number, address: string) {
    super(`${address} answered ${status}`);
    this.status = status;
  }
}

/** Reads a view. Somebody who is no longer signed in is taken to the door and back here afterwards. */
export async function getJson<T>(address: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(address, { signal, headers: { accept: "application/json" } });
  if (response.status === 401) {
    window.location.assign(`/signin?from=${encodeURIComponent(window.location.pathname)}`);
  }
  if (!response.ok) throw new AnswerError(response.status, address);
  return (await response.json()) as T;
}
