"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { liveStream } from "#lib/client/live-stream.ts";
import { useLive } from "#lib/client/use-live.ts";

/** Keeps the line for events open, and has everything read again that is on screen when something changed. */
export function LiveKeeper() {
  const client = useQueryClient();
  useLive();
  useEffect(() => liveStream.onChange(() => void client.invalidateQueries()), [client]);
  return null;
}
