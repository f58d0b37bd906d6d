import { bookOperations } from "./book-operations.ts";
import type { Operation } from "./turn.ts";
import { workOperations } from "./work-operations.ts";

/** Everything that happens in a race. A new step is an operation in a file beside these. */
export const operations: readonly Operation[] = [...bookOperations, ...workOperations];
