"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useZones } from "#components/ui/use-zones.ts";
import type { Refusal } from "#lib/booking/refusal.ts";
import { dayAndClock } from "#lib/client/zoned-time.ts";

/** Why not, in a sentence; the slot it is about in the viewer's zone. */
export function RefusalSentence({ refusal }: { refusal: Refusal }) {
  const zones = useZones();
  const here = usePathname();
  return (
    <>
      {refusal.slot !== undefined && (
        <>
          <time dateTime={new Date(refusal.slot).toISOString()}>{dayAndClock(refusal.slot, zones)}</time>
          {": "}
        </>
      )}
      {refusal.sentence}
      {refusal.code === "SIGN_IN_NEEDED" && (
        <>
          {" "}
          <Link href={`/credentials?${new URLSearchParams({ back: here })}`}>Sign in</Link>
        </>
      )}
    </>
  );
}
