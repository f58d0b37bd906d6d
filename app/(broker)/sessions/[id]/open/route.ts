import { z } from "zod";
import { problem } from "#lib/api/problem.ts";
import { callerOf } from "#lib/auth/caller.ts";
import { challengeOf, scopeChallenge } from "#lib/auth/challenge.ts";
import { rateLimit, tooOften } from "#lib/auth/rate-limit.ts";
import { openSession } from "#lib/broker/open-session.ts";

/**
 * Sends the owner into the running session, by their browser's sign-in or a program's token. The address carries its secret, so
 * nothing may keep or pass it on.
 */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const now = Date.now();
  // A look at the address alone must not begin to use it.
  if (request.method !== "GET") return problem("NOT_FOUND", "Only GET opens a session.", 405);
  const known = await callerOf(request, now);
  const id = z.uuid().safeParse((await params).id);
  const isPage = request.headers.get("accept")?.includes("text/html") === true;
  if (!known.ok) {
    if (isPage && id.success) return to(`/signin?from=/sessions/${id.data}`);
    if (known.error === "unwell") return problem("PLATFORM_UNAVAILABLE", known.sentence, 503, { "retry-after": "5" });
    return problem("SIGN_IN_NEEDED", known.sentence, 401, { "www-authenticate": challengeOf(known) });
  }
  const { person, scopes } = known.caller;
  if (!scopes.has("book")) {
    const headers = { "www-authenticate": scopeChallenge("book") };
    return problem("NOT_ALLOWED", "This token may not do that: it takes the scope “book”.", 403, headers);
  }
  const rate = rateLimit("write", person.id, now);
  if (!rate.ok) {
    const headers = { "retry-after": String(rate.retryAfterSeconds) };
    return problem("PLATFORM_UNAVAILABLE", tooOften(rate.retryAfterSeconds), 429, headers);
  }
  if (!id.success) return problem("NOT_FOUND");
  const opened = await openSession({ sessionId: id.data, user: person, now, signal: request.signal });
  if (!opened.ok) {
    const { code, sentence } = opened.error;
    // People read it on the session's page; what is not theirs has none.
    return isPage && code !== "NOT_FOUND" ? to(`/sessions/${id.data}?unopened=${code}`) : problem(code, sentence);
  }
  return to(opened.value.href);
}

const to = (location: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
