import { type Adapter, type AdapterPayload, errors } from "oidc-provider";
import type { Settings } from "./provider-state.ts";

/** What the provider keeps, in memory: sign-ins under way, grants, codes and tokens. */
export interface Store {
  readonly adapter: (kind: string) => Adapter;
  /** Lets time pass for all that is kept. */
  readonly forward: (seconds: number) => void;
  /** Takes back all that somebody has allowed any client, and with it every token from it. */
  readonly endGrantsOf: (subject: string) => void;
  readonly clear: () => void;
}

/**
 * Differs from the provider's own store in one thing: to use a refresh token is one step that can be refused. There, it is
 * looked at and then marked, and that nobody comes in between is luck.
 */
export function createStore(reuse: () => Settings["reuse"]): Store {
  const kept = new Map<string, AdapterPayload>();
  const endGrant = (grantId: string | undefined) => {
    for (const [key, one] of kept)
      if (key === `Grant:${grantId}` || (grantId !== undefined && one.grantId === grantId)) kept.delete(key);
  };
  const find = (kind: string, holds: (one: AdapterPayload, key: string) => boolean) => {
    for (const [key, one] of kept) if (key.startsWith(`${kind}:`) && holds(one, key)) return { ...one };
    return undefined;
  };
  const adapter = (kind: string): Adapter => ({
    upsert: async (id, payload) => {
      kept.set(`${kind}:${id}`, { ...payload });
    },
    find: async (id) => {
      const one = kept.get(`${kind}:${id}`);
      // Shown to the provider, a used refresh token ends its whole grant.
      if (kind === "RefreshToken" && one?.consumed && reuse() === "is-refused") return undefined;
      return one && { ...one };
    },
    findByUid: async (uid) => find(kind, (one) => one.uid === uid),
    findByUserCode: async (userCode) => find(kind, (one) => one.userCode === userCode),
    consume: async (id) => {
      const one = kept.get(`${kind}:${id}`);
      if (!one || one.consumed) {
        if (reuse() === "revokes-all") endGrant(one?.grantId);
        throw new errors.InvalidGrant("already used");
      }
      one.consumed = Math.floor(Date.now() / 1_000);
    },
    destroy: async (id) => {
      kept.delete(`${kind}:${id}`);
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, one] of kept) if (key.startsWith(`${kind}:`) && one.grantId === grantId) kept.delete(key);
    },
  });
  return {
    adapter,
    forward: (seconds) => {
      for (const one of kept.values()) {
        if (one.exp !== undefined) one.exp -= seconds;
        if (one.iat !== undefined) one.iat -= seconds;
      }
    },
    endGrantsOf: (subject) => {
      const grants = [...kept].filter(([key, one]) => key.startsWith("Grant:") && one.accountId === subject);
      for (const [key] of grants) endGrant(key.slice("Grant:".length));
    },
    clear: () => kept.clear(),
  };
}
