import { expireOffers } from "#lib/broker/expire-offers.ts";
import { walkSessions } from "#lib/testing/walk-sessions.ts";
import type { Operation } from "./turn.ts";

/** What workers do meanwhile, several at once. */
export const workOperations: readonly Operation[] = [
  {
    name: "expire",
    weight: 2,
    run: async ({ now }) => ((await expireOffers({ now })) > 0 ? "YES" : "NOTHING"),
  },
  {
    name: "work",
    weight: 3,
    run: async ({ crowd, now }) =>
      (await walkSessions({ platformId: crowd.platform.id, now, most: 20 })) > 0 ? "YES" : "NOTHING",
  },
];
