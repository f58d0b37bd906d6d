"use client";

import type { Zones } from "#lib/client/zoned-time.ts";
import { useZoneChoice } from "./zone-provider.tsx";

/** The zone times are shown in, and the one beside it. */
export const useZones = (): Zones => useZoneChoice().zones;
