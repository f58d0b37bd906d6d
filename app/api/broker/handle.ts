import { createHash } from "node:crypto";
import { apiBaseUrl, publicAddress } from "#lib/api/base-url.ts";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import type { Looking } from "#lib/api/broker/shown-session.ts";
import { problemResponse, writeWire } from "#lib/api/broker/wire.ts";
import type { Format } from "#lib/api/media/format.ts";
import { formatWanted } from "#lib/api/media/format-wanted.ts";
import { type ApiCaller, callerOf } from "#lib/auth/caller.ts";
import { challengeOf, scopeChallenge } from "#lib/auth/challenge.ts";
import { rateLimit, tooOften } from "#lib/auth/rate-limit.ts";
import type { Scope } from "#lib/booking/access-scope.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { asOneAction } from "#lib/broker/as-one-action.ts";
import type { Answer } from "./answer.ts";

/** One call of the API whose caller is known and may do this. */
export interface Call {
  readonly request: Request;
  readonly url: URL;
  readonly caller: ApiCaller;
  readonly looking: Looking;
  readonly now: Millis;
  /** What stands in the address. */
  readonly uuid: string;
  readonly folder: string;
}

interface Context {
  /** Of an address without any, Next hands over a promise of nothing. */
  readonly params: Promise<{ readonly uuid?: string; readonly folder?: string } | undefined>;
}

type Handler = (request: Request, context: Context) => Promise<Response>;

/**
 * The rhythm of every address: who is it, may they, how often, what do they want to read; then the work; then the answer in that
 * format. Whatever goes wrong is a problem that says what; the details of trouble are for our own log.
 */
export const handle = (scope: Scope, work: (call: Call) => Promise<Answer>): Handler =>
  admit(scope, async (call) => {
    const format = formatWanted(call.request.headers.get("accept"));
    if (!format.ok) return problemResponse(problemOf(406, format.error.sentence), call.request);
    return respond(await asOneAction(() => work(call)), format.value, call.request);
  });

/** Lets those in whom we know, not too often, who may do this. By itself it is for what has a format of its own. */
export function admit(scope: Scope, work: (call: Call) => Promise<Response>): Handler {
  return async (request, { params }) => {
    try {
      const now = Date.now();
      const [known, named] = await Promise.all([callerOf(request, now), params]);
      if (!known.ok) return unknownCaller(known, request, now);
      const { caller } = known;
      const { uuid = "", folder = "" } = named ?? {};
      const rate = rateLimit(isRead(request) ? "read" : "write", caller.person.id, now);
      if (!rate.ok) return tooMany(rate.retryAfterSeconds, request);
      if (!caller.scopes.has(scope)) {
        const sentence = `This token may not do that: it takes the scope “${scope}”.`;
        const headers = { "www-authenticate": scopeChallenge(scope) };
        return problemResponse(problemOf(403, sentence, { code: "SCOPE_NEEDED" }), request, headers);
      }
      const looking = {
        userId: caller.person.id,
        baseUrl: apiBaseUrl(process.env, request.headers.get("host")),
        siteUrl: publicAddress(),
        now,
      };
      return await work({ request, url: new URL(request.url), caller, looking, now, uuid: uuid.toLowerCase(), folder });
    } catch (error) {
      console.error(error);
      return problemResponse(problemOf(500, "Something went wrong here. It is in our log."), request);
    }
  };
}

function unknownCaller(notIn: Parameters<typeof challengeOf>[0], request: Request, now: Millis): Response {
  const { error, sentence } = notIn;
  if (error === "unwell") {
    return problemResponse(problemOf(503, sentence, { code: "SIGN_IN_UNWELL" }), request, { "retry-after": "5" });
  }
  const rate = rateLimit("refused", "", now);
  if (!rate.ok) return tooMany(rate.retryAfterSeconds, request);
  const headers = { "www-authenticate": challengeOf(notIn) };
  return problemResponse(
    problemOf(401, sentence, { code: error.toUpperCase().replaceAll("-", "_") }),
    request,
    headers,
  );
}

const tooMany = (retryAfterSeconds: number, request: Request): Response =>
  problemResponse(problemOf(429, tooOften(retryAfterSeconds)), request, {
    "retry-after": String(retryAfterSeconds),
  });

const PRIVATE = { "cache-control": "private, no-cache", vary: "Accept, Authorization, Cookie" };

/** The answer on the wire. What is read has an ETag, and is not sent again to whoever has it already. */
function respond(answer: Answer, format: Format, request: Request): Response {
  if ("problem" in answer) {
    const isForLater = answer.problem.status === 503 || answer.problem.code === "KEY_IN_USE";
    const headers = isForLater ? { "retry-after": "5" } : undefined;
    return problemResponse(answer.problem, request, headers);
  }
  const { text, contentType } = writeWire(answer.body, answer.schema, format);
  const headers: Record<string, string> = { ...PRIVATE, "content-type": contentType };
  if (answer.status === 303) headers.location = answer.location;
  if (answer.status === 200) Object.assign(headers, answer.links);
  if (isRead(request)) {
    headers.etag = `"${createHash("sha1").update(text).digest("base64url")}"`;
    if (isKnown(request.headers.get("if-none-match"), headers.etag))
      return new Response(null, { status: 304, headers });
  }
  return new Response(text, { status: answer.status, headers });
}

const isRead = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

/** If-None-Match is a list of tags, or an asterisk; compared weakly (RFC 9110, 13.1.2). */
const isKnown = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch?.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, ""))) === true;
