import { AnswerError, readText } from "./read-text.ts";
import { readAvailabilityXml, VosiError } from "./vosi.ts";

/** Nobody knows whether the platform is available. */
export class AvailabilityError extends Error {
  override readonly name = "AvailabilityError";
}

/**
 * Whether a Skaha at `base` (such as `https://ws-uv.canfar.net/skaha`) says that it takes requests, and its note, if any; as a
 * stranger, without a credential. Waits at most `timeoutMs`. Throws {@link AvailabilityError} when it says nothing that can be
 * read; the signal's reason when it aborts.
 */
export async function readAvailability(
  base: URL,
  { timeoutMs = 2_000, ca }: { readonly timeoutMs?: number; readonly ca?: string | undefined },
  signal: AbortSignal,
): Promise<{ available: boolean; note: string | null }> {
  const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, "")}/availability`);
  try {
    return readAvailabilityXml(await readText(url, timeoutMs, signal, ca));
  } catch (error) {
    if (!(error instanceof AnswerError || error instanceof VosiError)) throw error;
    const what = error instanceof AnswerError ? error.message : `answered ${error.message}`;
    throw new AvailabilityError(`Whether ${base.host} is available is not known: it ${what}.`, { cause: error });
  }
}
