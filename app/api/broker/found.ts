import { problemOf } from "#lib/api/broker/problem-details.ts";
import type { ProblemDetails } from "#lib/api/standard/extensions.ts";
import type { Result } from "#lib/booking/refusal.ts";
import { readAnySession, type StoredSession } from "#lib/broker/read-answers.ts";
import type { Call } from "./handle.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether something can be called so at all. */
export const isUuid = (text: string): boolean => UUID.test(text);

export const notFound = (what: string): ProblemDetails =>
  problemOf(404, `There is no ${what} of that identifier.`, { code: "NOT_FOUND" });

/** It is there and somebody else's: nothing of it is told. */
export const notYours = (what: string): ProblemDetails =>
  problemOf(403, `This ${what} is somebody else's.`, { code: "NOT_YOURS" });

/** Whether the caller may look at what is that user's. */
export const maySee = ({ caller }: Call, userId: string): boolean =>
  caller.person.id === userId || caller.scopes.has("admin");

/** The session of that id, for those who may see it. */
export async function sessionToSee(call: Call, id: string = call.uuid): Promise<Result<StoredSession, ProblemDetails>> {
  const session = isUuid(id) ? await readAnySession(id) : null;
  if (!session) return { ok: false, error: notFound("session") };
  return maySee(call, session.user.id) ? { ok: true, value: session } : { ok: false, error: notYours("session") };
}
