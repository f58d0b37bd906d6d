import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Outage } from "./outage.ts";
import { createStore, type Store } from "./store.ts";

export const SCOPES = ["openid", "profile", "email", "offline_access"] as const;
/** What a token for a service may name beside these. */
export const API_SCOPES = ["meridian:read", "meridian:book", "meridian:admin"] as const;

export interface User {
  readonly name: string;
  readonly email: string;
  readonly displayName: string;
  /** Never changes for a name and says nothing of it. */
  readonly subject: string;
}

export interface Client {
  readonly id: string;
  /** Null for a public client. */
  readonly secret: string | null;
  /** One of this machine stands for all its ports. */
  readonly redirectUris: readonly string[];
}

export interface Settings {
  readonly accessSeconds: number;
  readonly idSeconds: number;
  readonly refreshSeconds: number;
  readonly codeSeconds: number;
  /** What a used refresh token brings about: the end of everything from that sign-in, or a refusal and no more. */
  readonly reuse: "revokes-all" | "is-refused";
}

/** One request, without anything secret: no query, no headers, no body but the kind of grant. */
export interface Logged {
  readonly method: string;
  readonly path: string;
  /** Left out while there is no answer, and for ever if the connection breaks. */
  status?: number;
  grantType?: string;
  /** Which page led here, without its query. */
  referer?: string;
}

export interface Issued {
  signIns: number;
  refreshes: number;
}

/** Everything the provider knows besides its keys: what a reset empties. */
export interface ProviderState {
  /** By name. */
  readonly users: Map<string, User>;
  readonly clients: Map<string, Client>;
  readonly store: Store;
  readonly requests: Logged[];
  readonly logged: WeakMap<IncomingMessage, Logged>;
  /** By user. */
  readonly issued: Map<string, Issued>;
  /** The users whose tokens a client has revoked, in order. */
  readonly revocations: string[];
  /** Every code that was used and every token that was given for it, by what it is. */
  readonly given: { readonly what: string; readonly value: string }[];
  settings: Settings;
  outage: Outage | null;
}

const defaultSettings: Settings = {
  accessSeconds: 60,
  idSeconds: 600,
  refreshSeconds: 2_592_000,
  codeSeconds: 600,
  reuse: "revokes-all",
};

export function createProviderState(): ProviderState {
  const state: ProviderState = {
    users: new Map(),
    clients: new Map(),
    store: createStore(() => state.settings.reuse),
    requests: [],
    logged: new WeakMap(),
    issued: new Map(),
    revocations: [],
    given: [],
    settings: defaultSettings,
    outage: null,
  };
  return state;
}

/** As at the start: `alice`, `bob`, `mallory`, and the client `meridian`. */
export function reset(state: ProviderState, redirectUris: readonly string[], settings: Partial<Settings>): void {
  for (const map of [state.users, state.clients, state.issued]) map.clear();
  state.store.clear();
  state.requests.length = 0;
  state.revocations.length = 0;
  state.given.length = 0;
  state.settings = { ...defaultSettings, ...settings };
  state.outage = null;
  for (const name of ["alice", "bob", "mallory"]) setUser(state, { name });
  state.clients.set("meridian", { id: "meridian", secret: "meridian-secret", redirectUris });
}

export interface GivenUser {
  readonly name: string;
  readonly email?: string;
  readonly displayName?: string;
}

/** Adds a user or changes the given things of one. */
export function setUser(state: ProviderState, given: GivenUser): void {
  const before = state.users.get(given.name);
  state.users.set(given.name, {
    name: given.name,
    email: given.email ?? before?.email ?? `${given.name}@example.org`,
    displayName: given.displayName ?? before?.displayName ?? given.name.replace(/^./, (first) => first.toUpperCase()),
    subject: createHash("sha256").update(`subject ${given.name}`).digest("hex").slice(0, 32),
  });
}

export const userOf = (state: ProviderState, subject: string | undefined) =>
  [...state.users.values()].find((one) => one.subject === subject);

export function issuedTo(state: ProviderState, name: string): Issued {
  const issued = state.issued.get(name) ?? { signIns: 0, refreshes: 0 };
  state.issued.set(name, issued);
  return issued;
}
