import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { dataFolder } from "#lib/env.ts";
import type { Readiness } from "#lib/launch/launcher.ts";
import { findJupyter, type JupyterPlaces, jupyterInWords } from "#lib/launch/local/find-jupyter.ts";
import { withLock } from "#lib/launch/local/lock.ts";
import { lastWords, type Outcome, runCommand } from "#lib/launch/local/run-command.ts";

const MINUTE_MS = 60_000;

/**
 * Makes sure that there is a Jupyter: leaves one that works alone; else a virtual environment in `<data>/jupyter` with
 * JupyterLab from PyPI; else, as root on a Debian, the package `jupyter-notebook` (its kernel comes with it, also
 * without recommended packages). `say` hears in words what is going on. "Could not" is an answer, never thrown.
 */
export async function installJupyter({
  say,
  ...places
}: JupyterPlaces & { say: (line: string) => void }): Promise<Readiness> {
  const lock = path.join(/* turbopackIgnore: true */ dataFolder(places.data), "jupyter.lock");
  return await withLock(lock, AbortSignal.timeout(20 * MINUTE_MS), async (): Promise<Readiness> => {
    const before = await findJupyter(places);
    if (before.found) return { ready: true, what: jupyterInWords(before) };
    if (places.jupyter) return { ready: false, why: before.why, cure: before.cure };
    const environment = places.environment ?? process.env;
    const reasons: string[] = [];
    for (const way of [withPip, withApt]) {
      const why = await way(places.data, environment, say);
      const after = why ? null : await findJupyter(places);
      if (after?.found) {
        say(`${jupyterInWords(after)} is ready.`);
        return { ready: true, what: jupyterInWords(after) };
      }
      reasons.push(why ?? after?.why ?? "");
    }
    return {
      ready: false,
      why: `Jupyter could not be installed: ${reasons.join("; ").replace(/\.$/, "")}.`,
      cure: before.cure,
    };
  }).catch(
    (error: Error): Readiness => ({
      ready: false,
      why: `Jupyter could not be installed: ${error.message.replace(/\.$/, "")}.`,
      cure: "Look after the data folder, or install JupyterLab yourself and set MERIDIAN_JUPYTER to its command.",
    }),
  );
}

type Way = (data: string, env: NodeJS.ProcessEnv, say: (line: string) => void) => Promise<string | null>;

/** Null when it went well, else why not. */
const withPip: Way = async (data, env, say) => {
  const folder = path.join(/* turbopackIgnore: true */ data, "jupyter");
  say("Making a Python environment for Jupyter …");
  const made = await runCommand(["python3", "-m", "venv", "--clear", folder], { env, withinMs: 3 * MINUTE_MS });
  if (made.code === 0) {
    say("Installing JupyterLab with pip (usually less than a minute) …");
    const pip = [path.join(/* turbopackIgnore: true */ folder, "bin", "python"), "-m", "pip", "install"];
    // Without retries, as pip otherwise spends minutes on finding out that there is no network.
    const options = ["--no-input", "--disable-pip-version-check", "--retries", "0", "--timeout", "10"];
    const installed = await runCommand([...pip, ...options, "jupyterlab"], { env, withinMs: 10 * MINUTE_MS });
    if (installed.code === 0) return null;
    rmSync(folder, { recursive: true, force: true });
    return told(say, "pip could not install jupyterlab", installed);
  }
  rmSync(folder, { recursive: true, force: true });
  return told(say, "python3 could not make a virtual environment", made);
};

const withApt: Way = async (_data, environment, say) => {
  if (!existsSync("/usr/bin/apt-get")) return "there is no apt-get here";
  if (process.getuid?.() !== 0) return "Debian's jupyter-notebook can only be installed by root";
  const env = { ...environment, DEBIAN_FRONTEND: "noninteractive" };
  const wait = ["-o", "DPkg::Lock::Timeout=300"];
  say("Reading Debian's list of packages …");
  await runCommand(["/usr/bin/apt-get", ...wait, "update"], { env, withinMs: 5 * MINUTE_MS });
  say("Installing Debian's jupyter-notebook (usually less than a minute) …");
  const installed = await runCommand(
    ["/usr/bin/apt-get", ...wait, "install", "-y", "--no-install-recommends", "jupyter-notebook"],
    { env, withinMs: 15 * MINUTE_MS },
  );
  return installed.code === 0 ? null : told(say, "apt-get could not install jupyter-notebook", installed);
};

function told(say: (line: string) => void, what: string, outcome: Outcome): string {
  const why = `${what} (${lastWords(outcome).replace(/\.$/, "") || "no reason given"})`;
  say(`${why}.`);
  return why;
}
