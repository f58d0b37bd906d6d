"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { liveStream } from "#lib/client/live-stream.ts";
import { throttled } from "#lib/client/throttled.ts";
import { useLive } from "#lib/client/use-live.ts";

/** A busy platform says more often that something changed than a page can read it. */
const EVERY_MS = 500;

/** Keeps the line for events open, and has everything read again that is on screen when something changed. */
export function LiveKeeper() {
  const client = useQueryClient();
  useLive();
  useEffect(() => {
    const readAgain = throttled(() => void client.invalidateQueries(), EVERY_MS);
    const leave = liveStream.onChange(readAgain.call);
    return () => {
      leave();
      readAgain.stop();
    };
  }, [client]);
  return null;
}
