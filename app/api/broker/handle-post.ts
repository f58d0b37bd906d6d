import { createHash } from "node:crypto";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import { readWire } from "#lib/api/broker/wire.ts";
import type { SchemaName } from "#lib/api/standard/schemas.ts";
import { claimKey, giveUpKey, keepAnswer } from "#lib/broker/once.ts";
import { type Answer, refused } from "./answer.ts";
import { type Call, handle } from "./handle.ts";

const MOST_KEY = 255;

/**
 * A POST: reads the body, in any of the formats, and answers once for each `Idempotency-Key`: the same question again gets the
 * first answer again, another one is refused, and so is one that is still being answered. The work is told a key of its own for
 * what it books, so that it finds that again when this process dies before the answer is kept.
 */
export const handlePost = (
  schema: SchemaName,
  work: (call: Call, body: unknown, key: string | null) => Promise<Answer>,
) =>
  handle("book", async (call) => {
    const { request, url, caller, now } = call;
    const key = request.headers.get("idempotency-key");
    if (key !== null && (key.trim() === "" || key.length > MOST_KEY)) {
      return refused(problemOf(400, `An Idempotency-Key has 1 to ${MOST_KEY} characters.`));
    }
    const read = await readWire(request, schema);
    if (!read.ok) {
      const { status, sentence, ...place } = read.error;
      return refused(problemOf(status, sentence, place));
    }
    if (key === null) return work(call, read.value, null);

    const asked = createHash("sha256")
      .update(`${url.pathname}${url.search}\n${JSON.stringify(read.value)}`)
      .digest("hex");
    const claim = await claimKey(caller.person.id, key, asked, now);
    if (claim === "other") {
      const sentence = "This Idempotency-Key stands for another request already.";
      return refused(problemOf(422, sentence, { code: "KEY_REUSED" }));
    }
    if (claim === "running") {
      const sentence = "The request of this Idempotency-Key is still being answered. Try again in a moment.";
      return refused(problemOf(409, sentence, { code: "KEY_IN_USE" }));
    }
    if (claim !== "claimed") return claim.answer as Answer;
    let answer: Answer;
    try {
      answer = await work(call, read.value, `api ${asked} ${key}`.slice(0, MOST_KEY));
    } catch (error) {
      await giveUpKey(caller.person.id, key);
      throw error;
    }
    await keepAnswer(caller.person.id, key, answer);
    return answer;
  });
