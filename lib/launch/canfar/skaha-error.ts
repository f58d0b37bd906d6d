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
  /** Trouble of the platform; `retryAfterMs` when it said when to come back. */
  | { readonly kind: "unwell"; readonly text: string; readonly retryAfterMs: number | null };

const MOST_RETRY_AFTER_MS = 5 * 60_000;

/** Reads the answer. `text` is the body; the 401 and the 500 of the REST library have no newline, the others do. */
export function readTrouble(status: number, text: string, headers: Headers, now = Date.now()): SkahaTrouble {
  const said = oneLine(text) || `HTTP ${status}`;
  if (status === 401 || /^cannot get group memberships for anonymous/.test(said)) {
    return { kind: "sign-in needed", text: said };
  }
  const most = /has reached the maximum of (\d+) active sessions/.exec(said)?.[1];
  if (status === 400 && most !== undefined) return { kind: "too many sessions", most: Number(most), text: said };
  if (status === 403) return { kind: "no access", text: said };
  if (status === 404) return { kind: "not there", text: said };
  if (status === 429 || status >= 500) {
    return { kind: "unwell", text: said, retryAfterMs: retryAfter(headers.get("retry-after"), now) };
  }
  return { kind: "refused", text: said };
}

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
