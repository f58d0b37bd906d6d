import type { RefusalCode } from "#lib/booking/refusal.ts";
import type { ProblemDetails } from "../standard/extensions.ts";

/** What an HTTP status is called. */
const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** Problem details of RFC 9457; `more` names the place, the code, what may be done instead. */
export const problemOf = (
  status: number,
  detail: string,
  more: Partial<Omit<ProblemDetails, "status" | "title" | "detail">> = {},
): ProblemDetails => ({ type: "about:blank", title: titles[status] ?? "Error", status, detail, ...more });

/**
 * The status of a refused update. 403 is for those who are not the owner, as clients of the reference expect; what the owner
 * cannot have now is a conflict. A new refusal does not compile until it has a status here.
 */
export const updateStatus: Record<RefusalCode, number> = {
  INVALID_REQUEST: 422,
  OUTSIDE_WINDOW: 409,
  BEYOND_PLATFORM: 409,
  NO_CAPACITY: 409,
  SLOT_CLOSED: 409,
  QUOTA_REACHED: 409,
  BUDGET_REACHED: 409,
  TOO_MANY_OFFERS: 409,
  OFFER_EXPIRED: 409,
  OFFER_GONE: 409,
  NOT_FOUND: 404,
  KEY_REUSED: 422,
  TOO_LATE: 409,
  ALREADY_WAITING: 409,
  SIGN_IN_NEEDED: 409,
  NOT_ALLOWED: 403,
  PREVIEW_STALE: 409,
  PLATFORM_CHANGED: 409,
  ALREADY_OVER: 409,
  NOT_YET: 409,
  NOTHING_TO_OPEN: 409,
  PLATFORM_UNAVAILABLE: 503,
};
