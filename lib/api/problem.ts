import { type RefusalCode, refusals } from "#lib/booking/refusal.ts";

/** A new refusal does not compile until it has a status here. */
const statusOf: Record<RefusalCode, number> = {
  INVALID_REQUEST: 400,
  OUTSIDE_WINDOW: 400,
  BEYOND_PLATFORM: 400,
  NO_CAPACITY: 409,
  SLOT_CLOSED: 409,
  QUOTA_REACHED: 403,
  BUDGET_REACHED: 403,
  TOO_MANY_OFFERS: 403,
  OFFER_EXPIRED: 410,
  OFFER_GONE: 409,
  NOT_FOUND: 404,
  KEY_REUSED: 422,
  TOO_LATE: 409,
  ALREADY_WAITING: 409,
  SIGN_IN_NEEDED: 403,
  NOT_ALLOWED: 403,
  PREVIEW_STALE: 409,
  PLATFORM_CHANGED: 409,
  ALREADY_OVER: 409,
  NOT_YET: 409,
  NOTHING_TO_OPEN: 409,
  PLATFORM_UNAVAILABLE: 503,
};

/** A "no" on the wire: problem details of RFC 9457, with the code of the closed list. */
export function problem(
  code: RefusalCode,
  detail: string = refusals[code],
  status = statusOf[code],
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: "about:blank", title: code, status, detail };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json", ...headers } });
}

/** The answer to a request without a valid sign-in. */
export const unauthenticated = (): Response => problem("NOT_FOUND", "Please sign in.", 401);
