import { createHash } from "node:crypto";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import type { BodyTrouble } from "#lib/api/media/body-trouble.ts";
import type { Result } from "#lib/booking/refusal.ts";
import { claimKey, giveUpKey, keepAnswer } from "#lib/broker/once.ts";
import { type Answer, refused } from "./answer.ts";
import { type Call, handle } from "./handle.ts";

const MOST_KEY = 255;

/** What a POST does, whatever it is called: the addresses and shapes of older clients ask the same. */
type Operation = "request" | "direct" | "update";

interface Post {
  readonly operation: Operation;
  /** The body as JSON. */
  readonly read: (request: Request) => Promise<Result<unknown, BodyTrouble>>;
  readonly work: (call: Call, body: unknown, key: string | null) => Promise<Answer>;
}

/**
 * A POST: reads the body and answers once for each `Idempotency-Key`: the same question again gets the first answer again, another
 * one is refused, and so is one that is still being answered. The work is told a key of its own for what it books, so that it
 * finds that again when this process dies before the answer is kept.
 */
export const handlePost = ({ operation, read: readIt, work }: Post) =>
  handle("book", async (before) => {
    const { request, url, caller } = before;
    const key = request.headers.get("idempotency-key");
    if (key !== null && (key.trim() === "" || key.length > MOST_KEY)) {
      return refused(problemOf(400, `An Idempotency-Key has 1 to ${MOST_KEY} characters.`));
    }
    const read = await readIt(request);
    if (!read.ok) {
      const { status, sentence, ...place } = read.error;
      return refused(problemOf(status, sentence, place));
    }
    // A body may take its time: what is done with it is done now.
    const now = Date.now();
    const call: Call = { ...before, now, looking: { ...before.looking, now } };
    if (key === null) return work(call, read.value, null);

    const asked = hashOf(`${operation} ${call.uuid}${url.search}\n${JSON.stringify(read.value)}`);
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
    const mine = { userId: caller.person.id, key, asked, startedAt: now };
    let answer: Answer;
    try {
      answer = await work(call, read.value, `api ${hashOf(`${asked}\n${key}`)}`);
    } catch (error) {
      await giveUpKey(mine);
      throw error;
    }
    // What stands in the way now may be gone when it is tried again.
    if ("problem" in answer && answer.problem.status === 409) await giveUpKey(mine);
    else await keepAnswer(mine, answer);
    return answer;
  });

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
