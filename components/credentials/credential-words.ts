import type { CredentialView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clockInBoth, day, type Zones } from "#lib/client/zoned-time.ts";

/** How it stands with a sign-in, in one word and its colour. */
export interface Standing {
  readonly word: "Good" | "Nothing held" | "Sign in again" | "Taken back";
  readonly tone: "fits" | "closed" | "warning" | "held";
  readonly icon: "check" | "closed" | "warning" | "held";
}

export function standingOf({ held }: CredentialView): Standing {
  if (held === null) return { word: "Nothing held", tone: "closed", icon: "closed" };
  if (held.withdrawnAt !== null) return { word: "Taken back", tone: "held", icon: "held" };
  if (held.deadWhy !== null) return { word: "Sign in again", tone: "warning", icon: "warning" };
  return { word: "Good", tone: "fits", icon: "check" };
}

const count = (number: number, one: string, more: string) => (number === 1 ? `1 ${one}` : `${number} ${more}`);

/** A time in both clocks with its day. */
export const at = (time: Millis, zones: Zones): string => `${day(time, zones.shown)} ${clockInBoth(time, zones)}`;

/** What it is needed for at this moment; null: for nothing. */
export function usesInWords(held: NonNullable<CredentialView["held"]>): string | null {
  const uses = [
    ...(held.running > 0
      ? [count(held.running, "session that runs or is to be ended", "sessions that run or are to be ended")]
      : []),
    ...(held.coming > 0 ? [count(held.coming, "booking to come", "bookings to come")] : []),
    ...(held.awaited > 0
      ? [count(held.awaited, "repetition or place in a waiting list", "repetitions and places in waiting lists")]
      : []),
  ];
  return uses.length === 0 ? null : new Intl.ListFormat("en").format(uses);
}

/** Until when it is good. */
export const lastsInWords = (
  { expiresAt }: NonNullable<CredentialView["held"]>,
  title: string,
  zones: Zones,
): string => (expiresAt === null ? `as long as ${title} renews it` : `until ${at(expiresAt, zones)}`);
