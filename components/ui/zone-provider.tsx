"use client";

import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { isUtc, type Zones } from "#lib/client/zoned-time.ts";
import { homeCookie, inUtcCookie, remember } from "./preferences.ts";

interface ZoneChoice {
  readonly zones: Zones;
  /** The viewer's own zone. */
  readonly home: string;
  readonly inUtc: boolean;
  readonly showUtc: (inUtc: boolean) => void;
}

const ZoneContext = createContext<ZoneChoice | null>(null);

const never = () => () => {};
const ofBrowser = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/**
 * The zone times are shown in. The server writes the page in the zone the browser told it last time (UTC the first
 * time); the browser comes alive with that one and then changes to its own, so both always write the same text first.
 */
export function ZoneProvider(props: { home: string | null; inUtc: boolean; children: ReactNode }) {
  const home = useSyncExternalStore(never, ofBrowser, () => props.home ?? "UTC");
  const [inUtc, setInUtc] = useState(props.inUtc);
  useEffect(() => remember(homeCookie, home), [home]);

  const choice = useMemo((): ZoneChoice => {
    const showUtc = (wanted: boolean) => {
      remember(inUtcCookie, wanted ? "1" : "0");
      setInUtc(wanted);
    };
    return { zones: zonesOf(home, inUtc), home, inUtc, showUtc };
  }, [home, inUtc]);
  return <ZoneContext value={choice}>{props.children}</ZoneContext>;
}

function zonesOf(home: string, inUtc: boolean): Zones {
  if (isUtc(home)) return { shown: "UTC", beside: null };
  return inUtc ? { shown: "UTC", beside: home } : { shown: home, beside: "UTC" };
}

export function useZoneChoice(): ZoneChoice {
  const choice = use(ZoneContext);
  if (choice === null) throw new Error("ZoneProvider is missing above this component.");
  return choice;
}
