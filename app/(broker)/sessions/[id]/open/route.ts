import { z } from "zod";
import { problem, unauthenticated } from "#lib/api/problem.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { openSession } from "#lib/broker/open-session.ts";

/** Sends the owner into the running session. The address carries its secret, so nothing may keep or pass it on. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const person = await currentPerson();
  if (!person) return unauthenticated();
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) return problem("NOT_FOUND");
  const opened = await openSession({ sessionId: id.data, user: person, now: Date.now(), signal: request.signal });
  if (!opened.ok) return problem(opened.error.code, opened.error.sentence);
  const headers = { location: opened.value.href, "cache-control": "no-store", "referrer-policy": "no-referrer" };
  return new Response(null, { status: 303, headers });
}
