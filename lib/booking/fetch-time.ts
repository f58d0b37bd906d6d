import type { StagedFile } from "./staged-file.ts";

/** Where an operator says nothing, a session is reckoned to fetch so much of its data in a second, in megabytes (10^6 bytes). */
const USUAL_MBPS = 50;

/**
 * How long a session is reckoned to fetch its files, in whole seconds, rounded up. `settings`: of its platform, of which
 * `fetchMBps` counts; checked where it is configured. A file whose size nobody knows counts nothing, so it may take longer.
 */
export function fetchSeconds(files: readonly Pick<StagedFile, "bytes" | "about">[], settings: unknown): number {
  const speed = (settings as { readonly fetchMBps?: number } | null)?.fetchMBps ?? USUAL_MBPS;
  const bytes = files.reduce((sum, file) => sum + (file.bytes ?? file.about ?? 0), 0);
  return Math.ceil(bytes / 1e6 / speed);
}
