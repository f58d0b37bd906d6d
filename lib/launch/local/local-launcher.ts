import { LaunchError, type Launcher, type Order, type Readiness, type Sighting } from "#lib/launch/launcher.ts";
import { endProcesses } from "#lib/launch/local/end-processes.ts";
import { type JupyterPlaces, jupyterInWords, knownJupyter } from "#lib/launch/local/find-jupyter.ts";
import { startPage } from "#lib/launch/local/jupyter-options.ts";
import { kernelUse } from "#lib/launch/local/kernel-use.ts";
import { whatIsEnforced } from "#lib/launch/local/limits.ts";
import { withLock } from "#lib/launch/local/lock.ts";
import { readMachine } from "#lib/launch/local/machine.ts";
import { endSession } from "#lib/launch/local/release-session.ts";
import {
  adopt,
  answers,
  findServers,
  isOf,
  knownServer,
  livingKeys,
  type ServerInfo,
  serverInfo,
} from "#lib/launch/local/running-server.ts";
import {
  isKey,
  placeOf,
  prepareSessionFolder,
  type SessionFolder,
  sessionFolder,
} from "#lib/launch/local/session-folder.ts";
import { readLog } from "#lib/launch/local/session-log.ts";
import { startServer } from "#lib/launch/local/start-server.ts";
import { toLaunchError } from "#lib/launch/local/trouble.ts";
import { whyGone } from "#lib/launch/local/why-gone.ts";

export interface LocalSetting extends JupyterPlaces {
  /** How long a session's processes may take to end before they are killed. */
  readonly graceMs?: number;
}

/**
 * Sessions on this machine: one real Jupyter server for each, on 127.0.0.1, with a port and a token of its own.
 *
 * The handle is the key alone. Everything else is found again: the server by the mark that its processes carry, port and
 * token in the files that Jupyter itself wrote. So nothing is lost when Meridian dies at any moment, and nothing secret
 * is stored by others.
 */
export function createLocalLauncher(setting: LocalSetting): Launcher {
  const graceMs = setting.graceMs ?? 5_000;
  const environment = setting.environment ?? process.env;
  const folderOf = (key: string) => sessionFolder(placeOf(setting.data), key);

  async function launch(order: Order, signal: AbortSignal): Promise<Sighting> {
    if (!isKey(order.key)) throw new LaunchError(`“${order.key}” is no name of a session.`, { mayPass: false });
    if (order.executable.type !== "notebook") {
      throw new LaunchError("This machine runs notebooks and nothing else.", { mayPass: false });
    }
    const folder = folderOf(order.key);
    prepareSessionFolder(folder);
    return await withLock(folder.lock, signal, async () => {
      const server = await onlyServer(folder, { graceMs, signal });
      if (server) {
        adopt(folder, server);
        return await look(order.key, signal);
      }
      const jupyter = await orAborted(knownJupyter(setting), signal);
      if (!jupyter.found) throw new LaunchError(`${jupyter.why} ${jupyter.cure}`, { mayPass: false });
      // Kernels may have outlived a server that was killed.
      await endProcesses(isOf(folder), { graceMs, signal });
      await startServer(folder, order, { jupyter, environment });
      return { state: "preparing", handle: { key: order.key } };
    });
  }

  async function look(key: string, signal: AbortSignal): Promise<Sighting> {
    const folder = folderOf(key);
    if (!(await knownServer(folder))) {
      const [found] = await findServers(folder);
      if (!found) return await whyGone(folder);
      adopt(folder, found);
    }
    const info = serverInfo(folder);
    if (!info || !(await answers(info, signal))) return { state: "preparing", handle: { key } };
    return { state: "available", handle: { key }, link: linkTo(info) };
  }

  async function open(key: unknown, signal: AbortSignal): Promise<URL> {
    const info = isKey(key) ? serverInfo(folderOf(key)) : null;
    if (!info || !(await answers(info, signal))) {
      throw new LaunchError("The notebook does not answer, so it cannot be opened.", { mayPass: true });
    }
    const url = linkTo(info);
    url.searchParams.set("token", info.token);
    return url;
  }

  async function readiness(signal: AbortSignal): Promise<Readiness> {
    const jupyter = await orAborted(knownJupyter(setting), signal);
    if (!jupyter.found) return { ready: false, why: jupyter.why, cure: jupyter.cure };
    return { ready: true, what: `${jupyterInWords(jupyter)} (${jupyter.command.join(" ")})` };
  }

  const unknown = {
    state: "gone",
    how: "lost",
    why: "No notebook of this name was ever started here.",
    log: "",
  } as const;
  return {
    kind: "local",
    pace: { preparingMs: 100, runningMs: 2_000 },
    isShared: false,
    forgetsAfterMs: null,
    readiness: (signal) => attempt(signal, () => readiness(signal)),
    launch: (order, signal) => attempt(signal, () => launch(order, signal)),
    look: ({ key }, signal) => attempt(signal, () => (isKey(key) ? look(key, signal) : unknown)),
    release: ({ key }, signal) =>
      attempt(signal, async () => {
        if (isKey(key)) await endSession(folderOf(key), { graceMs, signal });
      }),
    open: ({ key }, signal) => attempt(signal, () => open(key, signal)),
    use: ({ key }, signal) => attempt(signal, () => (isKey(key) ? kernelUse(serverInfo(folderOf(key)), signal) : null)),
    log: ({ key }, lines, signal) => attempt(signal, () => (isKey(key) ? readLog(folderOf(key), lines) : "")),
    find: (key, _user, signal) =>
      attempt(signal, async () => ((await livingKeys(placeOf(setting.data))).includes(key) ? { key } : null)),
    list: (signal) =>
      attempt(signal, async () => (await livingKeys(placeOf(setting.data))).map((key) => ({ key, handle: { key } }))),
    /** Whatever Jupyter there is, and any amount. */
    choices: async () => null,
    enforced: (resources) => whatIsEnforced(resources, readMachine(environment)).map((one) => one.sentence),
  };
}

const linkTo = ({ port, flavour }: ServerInfo) => new URL(`http://127.0.0.1:${port}/${startPage({ flavour })}`);

/** The oldest of the session's servers, after ending all others; there should be none. */
async function onlyServer(folder: SessionFolder, way: { graceMs: number; signal: AbortSignal }) {
  const [oldest, ...others] = await findServers(folder);
  const extra = new Set(others.map((one) => `${one.pid}@${one.startedAt}`));
  if (extra.size > 0) await endProcesses((one) => extra.has(`${one.pid}@${one.startedAt}`), way);
  return oldest;
}

/** Does `work` unless aborted; what the system refuses becomes a LaunchError. */
async function attempt<T>(signal: AbortSignal, work: () => T | Promise<T>): Promise<T> {
  signal.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw toLaunchError(error);
  }
}

/** Waits no longer than the signal lets it; for work that does no harm when it goes on unheard. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
  });
  return await Promise.race([work, aborted]).finally(() => signal.removeEventListener("abort", abort));
}
