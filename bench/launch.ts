import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { acceptOffer } from "#lib/broker/accept-offer.ts";
import { cancelSession } from "#lib/broker/cancel-session.ts";
import { bookingPlace } from "#lib/broker/read-calendar.ts";
import { requestOffers } from "#lib/broker/request-offers.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { offersOfSet } from "#lib/db/offer-sets.ts";
import { prepareDatabase } from "#lib/db/prepare.ts";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";
import { findSession } from "#lib/db/sessions.ts";
import { findUser } from "#lib/db/users.ts";
import { readEnvironment } from "#lib/env.ts";
import { findJupyter, type Jupyter } from "#lib/launch/local/find-jupyter.ts";
import { jupyterConfig, jupyterOptions } from "#lib/launch/local/jupyter-options.ts";
import { jupyterForTests } from "#lib/launch/local/test-machine.ts";
import { freePort } from "#lib/loopback-port.ts";
import { seed } from "../prisma/seed.ts";
import { type Figure, median } from "./figures.ts";

const quiet = () => undefined;

/**
 * The time from a slot's start to an answering link, with a real worker in a process of its own, beside the time that the
 * bare `jupyter` command needs until it answers: in turns, on the same machine, in the same run. A slot is a minute here.
 */
export async function benchLaunch({ rounds, say }: { rounds: number; say: (line: string) => void }): Promise<Figure[]> {
  const data = await mkdtemp(path.join(tmpdir(), "meridian-bench-"));
  const command = await jupyterForTests();
  const jupyter = await findJupyter({ data, jupyter: command });
  if (!jupyter.found) throw new Error(`${jupyter.why} ${jupyter.cure}`);
  const server = await startEmbeddedServer({ folder: path.join(data, "database"), say: quiet });
  Object.assign(process.env, { DATABASE_URL: server.url, MERIDIAN_DATA: data, MERIDIAN_JUPYTER: command });
  await prepareDatabase({ url: server.url, say: quiet });
  const env = readEnvironment({ MERIDIAN_DATA: data, MERIDIAN_SLOT_MINUTES: "1", MERIDIAN_WINDOW_HOURS: "1" });
  await seed({ url: server.url, env, say: () => undefined });
  const worker = await startWorker();
  const fromSlot: number[] = [];
  const bare: number[] = [];
  try {
    // One that does not count, so that files are in the cache for both.
    await bareJupyter(jupyter, data);
    for (let round = 1; round <= rounds; round++) {
      bare.push(await bareJupyter(jupyter, data));
      fromSlot.push(await bookedSession());
      say(
        `round ${round} of ${rounds}: ${Math.round(bare.at(-1) ?? 0)} ms bare, ${Math.round(fromSlot.at(-1) ?? 0)} ms booked`,
      );
    }
  } finally {
    const ended = once(worker, "exit");
    worker.kill("SIGTERM");
    await ended;
    await closeDatabase();
    await server.discard();
    await rm(data, { recursive: true, force: true });
  }
  const [booked, alone] = [median(fromSlot), median(bare)];
  return [
    { name: "slot start to answering link", value: booked, unit: "ms", against: "bare jupyter", ratio: booked / alone },
    { name: "bare jupyter to answering link", value: alone, unit: "ms" },
    { name: "difference", value: booked - alone, unit: "ms", against: "bare jupyter", ratio: (booked - alone) / alone },
  ];
}

async function startWorker(): Promise<ChildProcess> {
  const worker = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", path.join(import.meta.dirname, "../lib/scheduler/worker.ts")],
    { stdio: ["ignore", "ignore", "inherit", "ipc"] },
  );
  await once(worker, "message");
  return worker;
}

/** Books the next slot that can be had; returns how long after its start the link answered. */
async function bookedSession(): Promise<number> {
  const user = await findUser("alice");
  const place = user && (await bookingPlace(user.id));
  if (!user || !place) throw new Error("the seed has no alice");
  const now = Date.now();
  const start = { kind: "window" as const, from: now + 1, until: now + 180_000 };
  const request = {
    executable: { type: "notebook" as const, image: null },
    resources: { cores: 1, memoryGiB: 2, gpus: 0 },
    durationSlots: 1,
    start,
  };
  const { platform, project } = place;
  const made = await requestOffers({ request, platform, projectId: project.id, user, now });
  if (!made.ok) throw new Error(made.error.refusals[0]?.sentence);
  const [offerId = ""] = (await offersOfSet(made.value.offerSetId, user.id)) ?? [];
  await acceptOffer({ offerId, user, now: Date.now() });
  for (;;) {
    const session = await findSession(offerId);
    if (!session || session.phase === "FAILED") throw new Error(`the session failed: ${session?.reason}`);
    if (session.phase === "AVAILABLE") {
      await cancelSession({ sessionId: offerId, user, now: Date.now() });
      await untilReleased(offerId);
      return session.phaseSince - session.startsAt;
    }
    await pause(50);
  }
}

async function untilReleased(sessionId: string): Promise<void> {
  while ((await findSession(sessionId))?.releasedAt === null) await pause(50);
}

/** Starts the bare command with the options that a session gets and no limits; returns how long until it answers. */
async function bareJupyter(jupyter: Jupyter, data: string): Promise<number> {
  const folder = await mkdtemp(path.join(data, "bare-"));
  const config = path.join(folder, "config.json");
  await writeFile(config, jupyterConfig(jupyter, "bench"), { mode: 0o600 });
  const port = await freePort();
  const options = jupyterOptions(jupyter, { port, home: folder, config, asRoot: process.getuid?.() === 0 });
  const [command = "", ...before] = jupyter.command;
  const began = performance.now();
  const child = spawn(command, [...before, ...options], {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, ...jupyter.environment, HOME: folder, JUPYTER_RUNTIME_DIR: folder },
  });
  const ended = once(child, "exit");
  try {
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`the bare command ended with ${child.exitCode}`);
      await pause(20);
    }
    return performance.now() - began;
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

const answers = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/status`, {
    headers: { authorization: "token bench" },
  }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok === true;
};
