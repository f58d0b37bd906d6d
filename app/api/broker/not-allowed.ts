import { problemOf } from "#lib/api/broker/problem-details.ts";
import { problemResponse } from "#lib/api/broker/wire.ts";

/** What an address answers to every method that it does not have. */
export function notAllowed(allow: string) {
  const answer = async (request: Request): Promise<Response> => {
    const sentence = `This address takes ${allow}, not ${request.method}.`;
    return problemResponse(problemOf(405, sentence), request.headers.get("accept"), { allow });
  };
  return { GET: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer };
}
