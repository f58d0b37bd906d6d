"use client";

import type { PlatformView } from "#lib/api/view.ts";
import { clock } from "#lib/client/zoned-time.ts";

/** While the choices are not known, or are of earlier, that is said beside them. */
export function ChoicesNote({ platform }: { platform: PlatformView }) {
  const { title, choices, choicesAt, areChoicesStale } = platform;
  if (choices === null) {
    return (
      <p className="hint" role="status">
        Images are being read from {title}… One can be named by hand meanwhile.
      </p>
    );
  }
  if (!areChoicesStale || choicesAt === null) return null;
  return (
    <p className="hint" role="status">
      as of {clock(choicesAt, "UTC")} UTC; {title} does not answer now
    </p>
  );
}
