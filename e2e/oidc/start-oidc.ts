import http from "node:http";
import { makeProvider } from "./make-provider.ts";
import type { GivenOutage } from "./outage.ts";
import {
  createProviderState,
  type GivenUser,
  type Issued,
  issuedTo,
  type Logged,
  reset,
  SCOPES,
  type Settings,
  setUser,
} from "./provider-state.ts";
import { serveRequest } from "./serve-request.ts";
import { signInByHand, type Tokens } from "./sign-in-by-hand.ts";

export interface OidcOptions extends Partial<Settings> {
  /** 0 or left out: any free port. */
  readonly port?: number;
  /** Where the client `meridian` may be; one of this machine stands for all its ports. */
  readonly redirectUris?: readonly string[];
  /** Whether the issuer ends with a slash, as SKA IAM's does. */
  readonly trailingSlash?: boolean;
  /** Whether the id token names the user too (the default), or userinfo alone. */
  readonly claimsInIdToken?: boolean;
}

export interface SignInOptions {
  readonly scope?: string;
  readonly client?: string;
  /** The service that the access token is for, a URI: then it is signed (JWT) and names it as its audience. */
  readonly resource?: string | null;
}

const HERE = ["http://127.0.0.1/api/auth/callback/oidc", "http://localhost/api/auth/callback/oidc"];

/** A running provider. What is changed counts from then on; tokens keep the life that they were issued with. */
export interface Oidc {
  readonly issuer: string;
  /** `http://127.0.0.1:PORT`, without a slash whatever the issuer has. */
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
  /** Everything as at the start, but for its keys. */
  readonly reset: () => void;
  /** Registers a client or changes one; without a secret it is a public one. */
  readonly client: (body: { id: string; secret?: string; redirectUris?: readonly string[] }) => void;
  readonly user: (body: GivenUser) => void;
  readonly settings: (body: Partial<Settings>) => void;
  readonly outage: (body: GivenOutage | null) => void;
  /** Takes back what somebody allowed so far: `invalid_grant` for each refresh token, until the next sign-in. */
  readonly refuseRefresh: (user: string) => void;
  /** Lets time pass for codes, access and refresh tokens and sign-ins; what is signed stays as it is. */
  readonly forward: (seconds: number) => void;
  readonly requests: () => readonly Logged[];
  readonly issued: (user: string) => Readonly<Issued>;
  /** The users whose tokens a client has revoked, in order. */
  readonly revocations: () => readonly string[];
  /** Every code that was used and every token that was given for it. */
  readonly given: () => readonly { readonly what: string; readonly value: string }[];
  /** Signs somebody in as the client `meridian` (or another) without a browser. Throws what the provider said instead. */
  readonly signIn: (user: string, options?: SignInOptions) => Promise<Tokens>;
}

/** Starts the provider on 127.0.0.1. Throws when the port is taken. */
export async function startOidc(options: OidcOptions = {}): Promise<Oidc> {
  const { port = 0, redirectUris = HERE, trailingSlash = false, claimsInIdToken = true, ...settings } = options;
  const state = createProviderState();
  const start = () => reset(state, redirectUris, settings);
  start();
  const server = http.createServer();
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  const issuer = trailingSlash ? `${url}/` : url;
  const provider = await makeProvider(state, issuer, { claimsInIdToken });
  const callback = provider.callback();
  server.on("request", (request, response) => {
    serveRequest({ state, provider, callback }, request, response).catch((error) => response.destroy(error));
  });
  return {
    issuer,
    url,
    port: Number(new URL(url).port),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    reset: start,
    client: ({ id, secret = null, redirectUris: uris = redirectUris }) =>
      void state.clients.set(id, { id, secret, redirectUris: uris }),
    user: (given) => setUser(state, given),
    settings: (given) => {
      state.settings = { ...state.settings, ...given };
    },
    outage: (given) => {
      state.outage = given && { kind: given.kind, path: given.path ?? null, left: given.times ?? null };
    },
    refuseRefresh: (name) => state.store.endGrantsOf(known(state.users, name).subject),
    forward: (seconds) => state.store.forward(seconds),
    requests: () => state.requests,
    issued: (name) => issuedTo(state, known(state.users, name).name),
    revocations: () => state.revocations,
    given: () => state.given,
    signIn: (user, { scope = SCOPES.join(" "), client = "meridian", resource = null } = {}) =>
      signInByHand(url, known(state.clients, client), user, scope, resource),
  };
}

/** Throws when there is no such user or client. */
function known<T>(all: ReadonlyMap<string, T>, name: string): T {
  const one = all.get(name);
  if (!one) throw new Error(`The provider does not know '${name}'.`);
  return one;
}

const listen = (server: http.Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(address.port);
    });
  });
