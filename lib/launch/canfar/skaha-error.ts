import { LaunchError } from "#lib/launch/launcher.ts";

/** What an answer of Skaha other than success means. Only its text tells one 400 from another: there are no codes. */
export type SkahaTrouble =
  /** Asked for something it does not have: it never will. */
  | { readonly kind: "refused"; readonly text: string }
  /** The user has as many sessions as they may: passes when one ends. */
  | { readonly kind: "too many sessions"; readonly most: number; readonly text: string }
  /** The credential is no longer good. */
  | { readonly kind: "sign-in needed"; readonly text: string }
  /** The user may not use the platform at all. */
  | { readonly kind: "no access"; readonly text: string }
  | { readonly kind: "not there"; readonly text: string }
  /**
   * Trouble of the platform. `brief`: of what sort, without anything that concerns one user. `retryAfterMs`: when it said when
   * to come back. `isLeftAlone`: it was not asked at all. `isUnreached`: there was no connection to it, whoever asked.
   */
  | {
      readonly kind: "unwell";
      readonly text: string;
      readonly brief: string;
      readonly retryAfterMs: number | null;
      readonly isLeftAlone: boolean;
      readonly isUnreached: boolean;
    };

const MOST_RETRY_AFTER_MS = 5 * 60_000;

/**
 * Reads the answer. `text` is the body; the 401 and the 500 of the REST library have no newline, the others do. What is not in
 * Skaha's own words, as a proxy's page with 403 or 404, is trouble that passes and says nothing about a session.
 */
export function readTrouble(
  status: number,
  text: string,
  headers: Pick<Headers, "get">,
  now = Date.now(),
): SkahaTrouble {
  const isPage = /^\s*</.test(text);
  const said = withoutIds(oneLine(text)) || `HTTP ${status}`;
  if (status === 401 || /^cannot get group memberships for anonymous/.test(said)) {
    return { kind: "sign-in needed", text: said };
  }
  const most = /has reached the maximum of (\d+) active sessions/.exec(said)?.[1];
  if (status === 400 && most !== undefined) return { kind: "too many sessions", most: Number(most), text: said };
  if (status === 403 && !isPage) return { kind: "no access", text: said };
  if (status === 404 && /^session \S+ not found\.?$/.test(said)) return { kind: "not there", text: said };
  if (isPage || passing.has(status) || status >= 500) {
    return unwell(said, { brief: `HTTP ${status}`, retryAfterMs: retryAfter(headers.get("retry-after"), now) });
  }
  return { kind: "refused", text: said };
}

const passing: ReadonlySet<number> = new Set([403, 404, 408, 425, 429]);

export function unwell(
  text: string,
  {
    brief = text,
    retryAfterMs = null,
    isLeftAlone = false,
    isUnreached = false,
  }: Partial<Extract<SkahaTrouble, { kind: "unwell" }>> = {},
): SkahaTrouble {
  return { kind: "unwell", text, brief, retryAfterMs, isLeftAlone, isUnreached };
}

/**
 * A text of the platform without what could be a session's id (a letter and seven of `[a-z0-9]`) or a token: with an id anybody
 * can enter. After the word “session”, or with a digit in it; a word that only looks like one is lost with it.
 */
export const withoutIds = (text: string): string =>
  text
    .replaceAll(/\b(session )[a-z][a-z0-9]{7}\b/g, "$1…")
    .replaceAll(/\b(?=[a-z0-9]*\d)[a-z][a-z0-9]{7}\b/g, "…")
    .replaceAll(/\b(token|password)=[^\s&"']+/gi, "$1=…");

/** Of a page of HTML only its title; long texts are cut. */
function oneLine(text: string): string {
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1];
  const words = (title ?? text).replaceAll(/\s+/g, " ").trim();
  return words.length > 300 ? `${words.slice(0, 299)}…` : words;
}

/** Seconds or a date; null when it says neither. At most five minutes: whoever says more is asked again before. */
function retryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), MOST_RETRY_AFTER_MS);
}

/** Trouble with Skaha, with what it means. */
export class SkahaError extends LaunchError {
  readonly trouble: SkahaTrouble;
  constructor(trouble: SkahaTrouble, cause?: unknown) {
    super(inWords(trouble), { ...hope(trouble), cause });
    this.name = "SkahaError";
    this.trouble = trouble;
  }
}

/** Whether it may pass: a session that ends, a user who signs in again, a platform that recovers. */
function hope(trouble: SkahaTrouble): { mayPass: boolean; outOfOurHands?: { afterMs: number | null } } {
  if (trouble.kind === "too many sessions" || trouble.kind === "sign-in needed") {
    return { mayPass: true, outOfOurHands: { afterMs: null } };
  }
  if (trouble.kind === "unwell") return { mayPass: true, outOfOurHands: { afterMs: trouble.retryAfterMs } };
  return { mayPass: false };
}

function inWords(trouble: SkahaTrouble): string {
  switch (trouble.kind) {
    case "refused":
      return `CANFAR refused it: ${trouble.text}`;
    case "too many sessions":
      return `You have as many sessions on CANFAR as it allows (${trouble.most}): end one, and this one starts.`;
    case "sign-in needed":
      return "CANFAR does not accept your sign-in any more: sign in again, and the session starts.";
    case "no access":
      return `Your account may not use CANFAR (“${trouble.text}”): ask CANFAR's support for access.`;
    case "not there":
      return "CANFAR does not have this session.";
    case "unwell":
      return `CANFAR does not answer as it should: ${trouble.text}`;
  }
}
