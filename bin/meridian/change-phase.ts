import { randomUUID } from "node:crypto";
import type { Phase } from "#lib/booking/phase.ts";
import { asItCame, print } from "./as-it-came.ts";
import type { Command } from "./command.ts";
import { remotely } from "./remotely.ts";
import { sessionLines } from "./show.ts";
import { uuidOf } from "./uuid-of.ts";

/** What `accept` and `cancel` share: asks for the change, prints the session, and exits 0 when it is in one of those phases. */
export const changePhase = (
  change: "accept" | "cancel",
  done: readonly Phase[],
): Omit<Command, "name" | "summary" | "help"> => ({
  options: asItCame,
  takes: "UUID",
  isRemote: true,
  run: (values, uuid) => {
    const id = uuidOf(uuid);
    return remotely(async (broker) => {
      const session = await broker[change](id, { idempotencyKey: randomUUID() });
      print(values, session, () => sessionLines(session));
      return done.some((phase) => phase === session.phase) ? 0 : 1;
    });
  },
});
