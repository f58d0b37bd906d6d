/** What a browser remembers of how its owner likes things; in cookies, so that the first page already looks so. */
export interface Preferences {
  readonly theme: "light" | "dark" | null;
  /** The viewer's own zone, as their browser said last time. */
  readonly home: string | null;
  /** Whether times are shown in UTC instead. */
  readonly inUtc: boolean;
}

export const themeCookie = "meridian-theme";
export const homeCookie = "meridian-zone";
export const inUtcCookie = "meridian-in-utc";

const YEAR_SECONDS = 31_536_000;

/** Remembers one preference; the browser only. */
export function remember(name: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
