import { extensionOperations } from "./extension-operations.ts";
import type { Operation } from "./operation.ts";
import { standardOperations } from "./standard-operations.ts";

/** Every operation of the API, the standard's first. The document and the page for developers are made of this table. */
export const operations: readonly Operation[] = [...standardOperations, ...extensionOperations];
