import { AsyncLocalStorage } from "node:async_hooks";
import { v7 as uuidv7 } from "uuid";

const running = new AsyncLocalStorage<string>();

/** Runs `work` as one action: every event that it leaves in the audit has the same correlation id. */
export const asOneAction = <T>(work: () => T, id: string = uuidv7()): T => running.run(id, work);

/** The id of the action under way; a new one where nobody began one. */
export const correlationId = (): string => running.getStore() ?? uuidv7();
