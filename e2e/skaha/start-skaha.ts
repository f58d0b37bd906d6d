import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { defaultDelays, fillWithDefaults } from "./admin-actions.ts";
import type { Bodies } from "./admin-bodies.ts";
import { act, sessionsForAdmin } from "./admin-requests.ts";
import { defaultCadcSettings } from "./cadc-state.ts";
import { createAuthority } from "./certificate-authority.ts";
import { createClock } from "./clock.ts";
import { findJupyter } from "./jupyter.ts";
import { startListeners } from "./listeners.ts";
import { createOidcState } from "./oidc-state.ts";
import { createPauses } from "./pauses.ts";
import { defaultPlatform } from "./platform.ts";
import { createPrograms } from "./programs.ts";
import { createProviderTokens } from "./provider-tokens.ts";
import type { Logged } from "./request-log.ts";
import { type Serving, serveRequest, serveUpgrade } from "./serve-request.ts";
import { loadState, saveState } from "./state-file.ts";
import type { World } from "./world.ts";

const LOOK_EVERY_MS = 25;

export interface SkahaOptions {
  /** 0 or left out: any free port. */
  readonly port?: number;
  /** The program that serves notebooks; null: the small fake page; left out: what PATH has, else the fake page. */
  readonly jupyter?: string | null;
  /** The file in which users, tokens and sessions survive a restart; left out: in memory only. */
  readonly state?: string;
  /** The issuer of an OpenID provider elsewhere whose access tokens are accepted as well. */
  readonly issuer?: string;
}

/** A running simulator, with what `/admin` can do as functions; they throw the sentence of a refusal. */
export type Skaha = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** `https://127.0.0.1:PORT`: the same, and client certificates too. */
  readonly tlsUrl: string;
  /** The authority that signs its certificates (PEM), made at its start. */
  readonly ca: string;
  /** How many connections are open at `tlsUrl`. */
  readonly tlsConnections: () => Promise<number>;
  /** Which program serves notebooks; null for the fake page. */
  readonly jupyter: string | null;
  readonly reset: () => Promise<void>;
  readonly requests: () => readonly Logged[];
  readonly sessions: () => ReturnType<typeof sessionsForAdmin>;
  /** Ends every program and connection. */
  readonly stop: () => Promise<void>;
} & { readonly [Name in Exclude<keyof Bodies, "reset">]: (body: Bodies[Name]) => void };

/** Starts the simulator on 127.0.0.1. Throws when the port is taken, or a given Jupyter cannot be run. */
export async function startSkaha(options: SkahaOptions = {}): Promise<Skaha> {
  const jupyter = options.jupyter === null ? null : findJupyter(options.jupyter ?? null, process.env.PATH ?? "");
  const issuer = options.issuer ?? null;
  const folder = mkdtempSync(path.join(os.tmpdir(), "skaha-simulator-"));
  const clock = createClock();
  const pauses = createPauses(clock.now);
  const listening = { port: 0 };
  const world: World = {
    clock,
    url: () => `http://127.0.0.1:${listening.port}`,
    users: new Map(),
    tokens: new Map(),
    sessions: new Map(),
    programs: new Map(),
    logs: new Map(),
    oidc: await createOidcState(),
    provider: createProviderTokens(issuer),
    requests: [],
    authority: await createAuthority(),
    cadc: defaultCadcSettings(),
    rules: [],
    platform: defaultPlatform(issuer),
    delays: defaultDelays(),
    made: 0,
    pause: pauses.pause,
    changed: () => options.state && saveState(world, options.state),
  };
  if (!options.state || !loadState(world, options.state)) fillWithDefaults(world);
  const programs = createPrograms(world, jupyter, folder);
  const reset = async () => {
    pauses.cancel();
    act(world, "reset", {});
    await programs.endAll();
  };
  let isStopped = false;
  const follow = () => {
    if (isStopped) return;
    pauses.follow();
    programs.follow();
  };
  const serving: Serving = { world, hasLab: jupyter?.hasLab ?? null, follow, reset };
  const listeners = await startListeners(world.authority, options.port ?? 0, {
    request: (request, response) => {
      serveRequest(serving, request, response).catch((error) => response.destroy(error));
    },
    upgrade: (request, socket, head) => serveUpgrade(serving, request, socket, head),
  }).catch((error) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  listening.port = listeners.port;
  const timer = setInterval(follow, LOOK_EVERY_MS);

  const order = (name: keyof Bodies) => (body: unknown) => {
    const { status, body: words } = act(world, name, body);
    if (status !== 200) throw new Error(words.trim());
    follow();
  };
  return {
    url: world.url(),
    port: listeners.port,
    tlsUrl: `https://127.0.0.1:${listeners.tlsPort}`,
    ca: world.authority.certificate,
    tlsConnections: listeners.tlsConnections,
    jupyter: jupyter?.command[0] ?? null,
    reset,
    users: order("users"),
    tokens: order("tokens"),
    scenario: order("scenario"),
    clock: order("clock"),
    limit: order("limit"),
    platform: order("platform"),
    oidc: order("oidc"),
    cadc: order("cadc"),
    requests: () => world.requests,
    sessions: () => sessionsForAdmin(world),
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      pauses.cancel();
      await Promise.all([listeners.close(), programs.endAll()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
