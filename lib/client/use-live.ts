"use client";

import { useSyncExternalStore } from "react";
import { type LiveState, liveStream } from "./live-stream.ts";

/** Whether changes reach this page by themselves; keeps the line open while the component is there. */
export const useLive = (): LiveState =>
  useSyncExternalStore(liveStream.subscribe, liveStream.state, liveStream.stateOnServer);
