import type { Use } from "#lib/launch/launcher.ts";
import type { ServerInfo } from "#lib/launch/local/running-server.ts";
import { withinTime } from "#lib/time-limit.ts";

/**
 * What the kernels of a Jupyter server say: in use while one is busy, else when one last was. Reading or writing a file is no
 * use of the booked cores. Null when the server does not answer.
 */
export async function kernelUse(info: ServerInfo | null, signal: AbortSignal): Promise<Use> {
  if (!info) return null;
  const kernels = await withinTime(signal, 5_000, async (limited): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${info.port}/api/kernels?no_track_activity=1`, {
      headers: { authorization: `token ${info.token}` },
      signal: limited,
    });
    return answer.ok ? await answer.json() : null;
  }).catch(() => null);
  if (!Array.isArray(kernels)) return null;
  if (kernels.some((kernel) => kernel?.execution_state === "busy")) return { inUse: true };
  const times = kernels.map((kernel) => Date.parse(kernel?.last_activity)).filter(Number.isFinite);
  return { inUse: false, lastUsed: Math.max(0, ...times) };
}
