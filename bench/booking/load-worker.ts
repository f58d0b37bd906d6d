import { closeDatabase } from "#lib/db/client.ts";
import { acceptPrepared, bookPairs, prepareOffers } from "./load.ts";
import { lookUp } from "./look-up.ts";
import type { Answer, Order } from "./orders.ts";

/**
 * A process that loads the database: with connections of its own, as pgbench does. Answers each message with a message; ends when the channel closes.
 */
process.on("message", (order: Order) => {
  obey(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ trouble: error instanceof Error ? error.stack : String(error) }),
  );
});
process.on("disconnect", () => closeDatabase().finally(() => process.exit(0)));
process.send?.("ready");

function obey(order: Order): Promise<Answer> {
  switch (order.do) {
    case "prepare":
      return prepareOffers(order);
    case "accept":
      return acceptPrepared(order);
    case "pairs":
      return bookPairs(order);
    case "look up":
      return lookUp(order);
  }
}
