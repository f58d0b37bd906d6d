import { refused } from "#app/api/broker/answer.ts";
import { messagesOfNo, toAsk } from "#app/api/broker/ask.ts";
import { handlePost } from "#app/api/broker/handle-post.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { showOfferSet } from "#lib/api/broker/show-offer-set.ts";
import { readWire } from "#lib/api/broker/wire.ts";
import { readAnswer } from "#lib/broker/read-answers.ts";
import { keepNo, requestAnywhere } from "#lib/broker/request-anywhere.ts";

/** Asks for offers. YES and NO alike are kept, and lead to the offer set. */
export const POST = handlePost({
  operation: "request",
  read: (request) => readWire(request, "ExecutionRequest"),
  work: async (call, body) => {
    const { caller, looking, now } = call;
    const user = caller.person;
    const read = await toAsk(call, body);
    if (!read.ok) return refused(read.error);
    const { asked, tries } = read.value;
    const result = await requestAnywhere({ tries, user, now });
    const id = result.ok
      ? result.value.offerSetId
      : await keepNo({
          user,
          asked: { request: asked.request, messages: messagesOfNo(read.value, result.error) },
          now,
        });
    // Read back, so that it is to the letter what every later look gives.
    const answer = await readAnswer(id);
    if (!answer) throw new Error(`the offer set ${id} is gone`);
    const location = `${looking.baseUrl}/offersets/${id}`;
    return { status: 303, location, schema: "OfferSetResponse", body: showOfferSet(answer, looking) };
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
