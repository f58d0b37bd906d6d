import { problemOf } from "#lib/api/broker/problem-details.ts";
import { problemResponse } from "#lib/api/broker/wire.ts";

const nothing = async (request: Request): Promise<Response> => {
  const sentence = "There is nothing at this address; openapi.json lists those there are.";
  return problemResponse(problemOf(404, sentence, { code: "NOT_FOUND" }), request);
};

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT };
