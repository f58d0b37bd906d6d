import { bookOperations } from "./book-operations.ts";
import { changeOperations } from "./change-operations.ts";
import { limitOperations } from "./limit-operations.ts";
import type { Operation } from "./turn.ts";
import { waitOperations } from "./wait-operations.ts";
import { workOperations } from "./work-operations.ts";

/** Everything that happens in a race. A new step is an operation in a file beside these. */
export const operations: readonly Operation[] = [
  ...bookOperations,
  ...changeOperations,
  ...waitOperations,
  ...limitOperations,
  ...workOperations,
];

/** What the naive variant is raced with: booking alone. */
export const bookingOnly: readonly Operation[] = [...bookOperations, ...workOperations];
