import { type NextRequest, NextResponse } from "next/server";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import { problemResponse } from "#lib/api/broker/wire.ts";

/** All other addresses go by: a proxy would cost every one of them. */
export const config = { matcher: "/(.*%.*)" };

const sentence = "This address cannot be read: what follows a % in it is no character.";

/** An address that cannot be decoded is a mistake of whoever wrote it; Next by itself would answer that something is wrong here. */
export function proxy(request: NextRequest): Response {
  const { pathname } = request.nextUrl;
  try {
    decodeURIComponent(pathname);
    return NextResponse.next();
  } catch {
    if (pathname.startsWith("/api/")) return problemResponse(problemOf(400, sentence), request);
    return new Response(sentence, { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });
  }
}
