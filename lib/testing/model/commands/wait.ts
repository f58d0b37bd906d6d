import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import type { ExecutionRequest } from "#lib/booking/request.ts";
import { joinWaitlist } from "#lib/broker/join-waitlist.ts";
import { leaveWaitlist } from "#lib/broker/leave-waitlist.ts";
import { waitsOf } from "#lib/db/waitlist.ts";
import { isTooBig } from "../asking.ts";
import { Command, personOf } from "../command.ts";
import { HOUR, pick, runningSlot, windowEnd } from "../model.ts";
import { platformNow } from "../platform-now.ts";
import { takeOverServed } from "../serving.ts";
import { inWords, someWish, toRequest, type Wished } from "./request.ts";

/** Somebody waits for something; who fits already gets an offer at once. */
export const join = (wished: Wished): Command =>
  new Command({
    title: `wait(${inWords(wished)})`,
    perform: async (model, real) => {
      const { person } = wished;
      const request = toRequest(model, wished);
      const [platform, user] = [await platformNow(real), personOf(real, person)];
      const waits = await waitsOf(user.id, platform.id);
      const same = waits.some((wait) => isSame(wait.request, request));
      const { projectId } = real.universe;
      const answer = await joinWaitlist({ request, platform, projectId, user, now: model.now });
      if (!answer.ok) {
        const code = answer.error[0]?.code;
        const isFull = waits.length >= 5 && !same;
        const isTooLate = runningSlot(model) + wished.first * HOUR > windowEnd(model) - HOUR;
        const expected = isTooBig(model, { person, request })
          ? "BEYOND_PLATFORM"
          : isTooLate
            ? "OUTSIDE_WINDOW"
            : isFull
              ? "QUOTA_REACHED"
              : same
                ? "ALREADY_WAITING"
                : "YES";
        return expect(code, "why nobody waits").toBe(expected);
      }
      expect(same, "waits twice for the same").toBe(false);
      const { start } = request;
      const until = start.kind === "now" ? windowEnd(model) - HOUR : start.until;
      model.waits.set(answer.value.waitId, { wish: { person, request }, joinedAt: model.now, until });
      await takeOverServed(model, real, true);
    },
  });

export const joinCommand = someWish.map(join);

/** Whether both ask for the same, whatever the order of their fields. */
function isSame(a: ExecutionRequest, b: ExecutionRequest): boolean {
  const plain = (request: ExecutionRequest) => JSON.parse(JSON.stringify(request));
  return isDeepStrictEqual(plain(a), plain(b));
}

/** Somebody who waits gives up; or somebody else tries to in their place. */
export const leaveCommand = fc
  .record({ index: fc.nat(9), stranger: fc.integer({ min: 1, max: 4 }) })
  .map(({ index, stranger }) => {
    const isStranger = stranger === 1;
    return new Command({
      title: `leave(place ${index}${isStranger ? ", by a stranger" : ""})`,
      applies: (model) => model.waits.size > 0,
      perform: async (model, real) => {
        const [waitId, { wish }] = pick([...model.waits], index);
        const user = personOf(real, isStranger ? wish.person + 1 : wish.person);
        const answer = await leaveWaitlist({ waitId, user, now: model.now });
        expect(answer.ok ? "YES" : answer.error.code).toBe(isStranger ? "NOT_FOUND" : "YES");
        if (answer.ok) model.waits.delete(waitId);
      },
    });
  });
