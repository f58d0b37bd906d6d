import { rootCertificates } from "node:tls";
import { fetch } from "undici";
import { withinTime } from "#lib/time-limit.ts";
import { withConnections } from "./acting.ts";

/** A link that takes longer than this is asked again. */
const LINK_MS = 10_000;

/**
 * Whether the link answers; without our credential, as that is another host's. That host may be behind the private authority
 * or not.
 */
export async function linkAnswers(link: URL, ca: string | undefined, signal: AbortSignal): Promise<boolean> {
  const tls = ca === undefined ? null : { ca: [...rootCertificates, ca] };
  return withinTime(signal, LINK_MS, (limit) =>
    withConnections(tls, async (dispatcher) => {
      const response = await fetch(link, { redirect: "follow", signal: limit, dispatcher });
      await response.body?.cancel();
      return response.status === 200;
    }),
  ).catch(() => {
    signal.throwIfAborted();
    return false;
  });
}
