import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import type { Duplex } from "node:stream";
import { defaultDelays, fillWithDefaults } from "./admin-actions.ts";
import type { Bodies } from "./admin-bodies.ts";
import { act, sessionsForAdmin } from "./admin-requests.ts";
import { createClock } from "./clock.ts";
import { findJupyter } from "./jupyter.ts";
import { createOidcState } from "./oidc-state.ts";
import { createPauses } from "./pauses.ts";
import { defaultPlatform } from "./platform.ts";
import { createPrograms } from "./programs.ts";
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
}

/** A running simulator, with what `/admin` can do as functions; they throw the sentence of a refusal. */
export type Skaha = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
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
    requests: [],
    rules: [],
    platform: defaultPlatform(),
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
  const upgraded = new Set<Duplex>();
  const server = http.createServer((request, response) => {
    serveRequest(serving, request, response).catch((error) => response.destroy(error));
  });
  server.on("upgrade", (request, socket, head) => {
    const onward = serveUpgrade(serving, request, socket, head);
    for (const one of onward ? [socket, onward] : []) {
      upgraded.add(one);
      one.once("close", () => upgraded.delete(one));
    }
  });
  listening.port = await listen(server, options.port ?? 0).catch((error) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const timer = setInterval(follow, LOOK_EVERY_MS);

  const order = (name: keyof Bodies) => (body: unknown) => {
    const { status, body: words } = act(world, name, body);
    if (status !== 200) throw new Error(words.trim());
    follow();
  };
  return {
    url: world.url(),
    port: listening.port,
    jupyter: jupyter?.command[0] ?? null,
    reset,
    users: order("users"),
    tokens: order("tokens"),
    scenario: order("scenario"),
    clock: order("clock"),
    limit: order("limit"),
    platform: order("platform"),
    oidc: order("oidc"),
    requests: () => world.requests,
    sessions: () => sessionsForAdmin(world),
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      pauses.cancel();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of upgraded) socket.destroy();
      server.closeAllConnections();
      await Promise.all([closed, programs.endAll()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const listen = (server: http.Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(address.port);
    });
  });
