import { problemOf } from "#lib/api/broker/problem-details.ts";
import { problemResponse } from "#lib/api/broker/wire.ts";

/** What an address answers to every method that it does not have, and to who asks which it has. `allow`: those it has, as "GET, POST". */
export function notAllowed(allow: string) {
  const all = [...allow.split(", "), ...(allow.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  const answer = async (request: Request): Promise<Response> =>
    problemResponse(problemOf(405, `This address takes ${allow}, not ${request.method}.`), request, { allow: all });
  // Next would name every method that is answered, and those that are refused are.
  const options = async (): Promise<Response> => new Response(null, { status: 204, headers: { allow: all } });
  return { GET: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer, OPTIONS: options };
}
