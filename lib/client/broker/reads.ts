import type { Send } from "./send.ts";

export interface Asking {
  readonly signal?: AbortSignal | undefined;
}
/** With an `etag`, the answer is null where nothing changed since. */
export interface Rereading extends Asking {
  readonly etag?: string | undefined;
}
/** What was read, and the mark to ask with whether it changed. */
export interface Read<T> {
  readonly value: T;
  readonly etag: string | null;
}
export interface Reads<T> {
  (uuid: string, options?: Asking & { readonly etag?: never }): Promise<Read<T>>;
  (uuid: string, options: Rereading): Promise<Read<T> | null>;
}

/** Reads one thing of a kind by its uuid. */
export const reads = <T>(send: Send, path: string) =>
  (async (uuid: string, { signal, etag }: Rereading = {}) => {
    const response = await send(`${path}/${encodeURIComponent(uuid)}`, { signal, etag });
    if (response.status === 304) return null;
    return { value: (await response.json()) as T, etag: response.headers.get("etag") };
  }) as Reads<T>;
