import type { IconName } from "#components/ui/icon.tsx";
import type { Refusal, RefusalCode } from "#lib/booking/refusal.ts";
import { clock, type Zones, zoneName } from "#lib/client/zoned-time.ts";

/** The reason in a few words, and how it looks. */
export interface RefusalHeading {
  readonly words: string;
  readonly icon: IconName;
  readonly tone: "full" | "held" | "warning" | "failed" | "closed";
}

const headings: Record<RefusalCode, RefusalHeading> = {
  INVALID_REQUEST: { words: "That cannot be right", icon: "warning", tone: "warning" },
  OUTSIDE_WINDOW: { words: "That time cannot be booked", icon: "closed", tone: "closed" },
  BEYOND_PLATFORM: { words: "The platform is not that big", icon: "full", tone: "full" },
  NO_CAPACITY: { words: "No room for this", icon: "full", tone: "full" },
  SLOT_CLOSED: { words: "That time is closed", icon: "closed", tone: "closed" },
  QUOTA_REACHED: { words: "You have reached your limit", icon: "warning", tone: "warning" },
  BUDGET_REACHED: { words: "The hours of this window are used up", icon: "warning", tone: "warning" },
  TOO_MANY_OFFERS: { words: "You hold enough offers already", icon: "held", tone: "held" },
  OFFER_EXPIRED: { words: "This offer has expired", icon: "held", tone: "held" },
  OFFER_GONE: { words: "This offer is no longer there", icon: "held", tone: "held" },
  NOT_FOUND: { words: "There is no such session", icon: "closed", tone: "closed" },
  KEY_REUSED: { words: "This key stands for another offer", icon: "warning", tone: "warning" },
  TOO_LATE: { words: "It is too late for that", icon: "closed", tone: "closed" },
  ALREADY_WAITING: { words: "You wait for this already", icon: "held", tone: "held" },
  SIGN_IN_NEEDED: { words: "Sign in first", icon: "person", tone: "warning" },
  NOT_ALLOWED: { words: "Only for administrators", icon: "closed", tone: "closed" },
  PREVIEW_STALE: { words: "Something changed meanwhile", icon: "warning", tone: "warning" },
  PLATFORM_CHANGED: { words: "The slots were changed", icon: "warning", tone: "warning" },
  ALREADY_OVER: { words: "This session is over already", icon: "closed", tone: "closed" },
  NOT_YET: { words: "Not yet", icon: "preparing", tone: "closed" },
  NOTHING_TO_OPEN: { words: "It has no page to open", icon: "closed", tone: "closed" },
  PLATFORM_UNAVAILABLE: { words: "The platform cannot run sessions now", icon: "failed", tone: "failed" },
};

/** A full or closed slot is named by its hour; everything else by its reason. */
export function refusalHeading(refusal: Refusal, { shown }: Zones): RefusalHeading {
  const heading = headings[refusal.code];
  const state = { NO_CAPACITY: "full", SLOT_CLOSED: "closed" }[refusal.code as string];
  if (state === undefined || refusal.slot === undefined) return heading;
  return { ...heading, words: `${clock(refusal.slot, shown)} ${zoneName(shown)} is ${state}` };
}
