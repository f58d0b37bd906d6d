import { type LeftOver, leftOvers } from "#lib/db/delegated.ts";

/** Everything that is over and could not be removed from its platform yet, the oldest first: for administrators. */
export const readLeftOvers = (): Promise<LeftOver[]> => leftOvers();
