import { ok, refused } from "#app/api/broker/answer.ts";
import { isUuid, maySee, notFound, notYours } from "#app/api/broker/found.ts";
import { handle } from "#app/api/broker/handle.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { showOfferSet } from "#lib/api/broker/show-offer-set.ts";
import { readAnswer } from "#lib/broker/read-answers.ts";

/** The answer to a request, as long as it is kept: also after its offers have expired. */
export const GET = handle("read", async (call) => {
  const answer = isUuid(call.uuid) ? await readAnswer(call.uuid) : null;
  if (!answer) return refused(notFound("offer set"));
  if (!maySee(call, answer.userId)) return refused(notYours("offer set"));
  return ok("OfferSetResponse", showOfferSet(answer, call.looking));
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
