"use client";

import { type ReactNode, useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * The page as it came can be read, but not used: whatever is typed or pressed before its scripts run is lost.
 * So every field and every button in it is off until they do; links always work.
 */
export function Awake({ children }: { children: ReactNode }) {
  const isAwake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <fieldset role="none" className="contents" disabled={!isAwake}>
      {children}
    </fieldset>
  );
}
