import { onChange } from "#lib/db/changes.ts";

/** What one user is told of a change: their own session by its id, of others only that the ledger moved. */
export type Notice = { readonly kind: "session"; readonly id: string } | { readonly kind: "ledger" };

/** Calls `tell` at every change that may matter to the user, until the returned function is called. */
export const watchChanges = (userId: string, tell: (notice: Notice) => void): (() => void) =>
  onChange((change) => {
    const mine = change !== "reconnected" && change.user === userId;
    tell(mine ? { kind: "session", id: change.session } : { kind: "ledger" });
  });

/** Calls `tell` at every change of what is that user's, and when something may have been missed. */
export const watchOwnChanges = (userId: string, tell: () => void): (() => void) =>
  onChange((change) => {
    if (change === "reconnected" || change.user === userId) tell();
  });
