import { bookOccurrences } from "#lib/broker/book-occurrences.ts";
import { expireOffers } from "#lib/broker/expire-offers.ts";
import { keepAudit } from "#lib/broker/keep-audit.ts";
import { serveWaitlist } from "#lib/broker/serve-waitlist.ts";
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
    name: "serve the waiting list",
    weight: 1,
    run: async ({ crowd, now }) =>
      (await serveWaitlist({ platformId: crowd.platform.id, now })) > 0 ? "YES" : "NOTHING",
  },
  {
    name: "book repetitions",
    weight: 0.3,
    run: async ({ now }) => ((await bookOccurrences({ now })) > 0 ? "YES" : "NOTHING"),
  },
  {
    name: "seal the audit",
    weight: 0.3,
    run: async ({ now }) => ((await keepAudit({ now })) > 0 ? "YES" : "NOTHING"),
  },
  {
    name: "work",
    weight: 3,
    run: async ({ crowd, now }) =>
      (await walkSessions({ platformId: crowd.platform.id, now, most: 20 })) > 0 ? "YES" : "NOTHING",
  },
];
