import { accessSync, constants, existsSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { dataFolder } from "#lib/env.ts";
import { notebookEnvironment } from "#lib/launch/local/notebook-environment.ts";
import { lastWords, type Outcome, runCommand } from "#lib/launch/local/run-command.ts";

/** A Jupyter that was seen to answer `--version`. */
export interface Jupyter {
  readonly found: true;
  /** To be followed by options: `["/opt/venv/bin/jupyter-lab"]` or `["/opt/venv/bin/jupyter", "lab"]`. */
  readonly command: readonly string[];
  readonly flavour: "lab" | "notebook";
  /** "4.6.4" */
  readonly version: string;
  /** Variables it needs besides the usual ones. */
  readonly environment: Readonly<Record<string, string>>;
}
export interface NoJupyter {
  readonly found: false;
  readonly why: string;
  readonly cure: string;
}
export interface JupyterPlaces {
  /** The data folder: a Jupyter that we installed is in `<data>/jupyter`. */
  readonly data: string;
  /** MERIDIAN_JUPYTER: when set, nothing else is tried. */
  readonly jupyter?: string;
  /** Whose PATH is searched. */
  readonly environment?: NodeJS.ProcessEnv;
}

const cure =
  "Install it with `python3 -m pip install jupyterlab`, or set MERIDIAN_JUPYTER to the command of one you have.";

export const jupyterInWords = (jupyter: Jupyter): string =>
  `${jupyter.flavour === "lab" ? "JupyterLab" : "Jupyter Notebook"} ${jupyter.version}`;

/**
 * Finds a Jupyter that works: MERIDIAN_JUPYTER, else `<data>/jupyter/bin/jupyter`, else the first on PATH that answers;
 * JupyterLab before Notebook in each. Being there is not enough: shims (pyenv, asdf) exist for commands they cannot
 * run. Asking takes as long as Jupyter needs to import itself, about 2 s.
 */
export async function findJupyter(places: JupyterPlaces): Promise<Jupyter | NoJupyter> {
  const environment = places.environment ?? process.env;
  // An empty home, as a notebook's may be: a Jupyter that only works with the operator's home would not start.
  const home = dataFolder(places.data, "homes", ".empty");
  const ask = (command: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    runCommand([...command, "--version"], {
      env: notebookEnvironment(environment, home, more),
      cwd: home,
      withinMs: 60_000,
    });
  if (places.jupyter) {
    const tried = await tryOne(onPath(places.jupyter, environment), ask);
    if ("found" in tried) return tried;
    return {
      found: false,
      why: `MERIDIAN_JUPYTER is \`${places.jupyter}\`, which does not work: ${tried.why}`,
      cure: "Correct MERIDIAN_JUPYTER, or remove it so that Jupyter is looked for.",
    };
  }
  const reasons: string[] = [];
  for (const command of candidates(places.data, environment)) {
    const tried = await tryOne(command, ask);
    if ("found" in tried) return tried;
    reasons.push(`${command}: ${tried.why}`);
  }
  const why =
    reasons.length === 0
      ? "There is no Jupyter on this machine's PATH."
      : `No Jupyter on this machine works (${reasons.join("; ")}).`;
  return { found: false, why, cure };
}

const remembered = new Map<string, Jupyter>();

/** {@link findJupyter}, asked once for each process; a Jupyter that was removed since is looked for again. */
export async function knownJupyter(places: JupyterPlaces): Promise<Jupyter | NoJupyter> {
  const name = JSON.stringify([places.data, places.jupyter, (places.environment ?? process.env).PATH]);
  const known = remembered.get(name);
  if (known && isProgram(known.command[0] ?? "")) return known;
  const found = await findJupyter(places);
  if (found.found) remembered.set(name, found);
  return found;
}

type Ask = (command: readonly string[], more?: Readonly<Record<string, string>>) => Promise<Outcome>;

async function tryOne(given: string, ask: Ask): Promise<Jupyter | { readonly why: string }> {
  let words = "it cannot be run";
  for (const { command, flavour } of waysToStart(given)) {
    for (const environment of surroundings(given)) {
      const outcome = await ask(command, environment);
      const version = /\d+(\.\d+)+\S*/.exec(outcome.stdout)?.[0];
      if (outcome.code === 0 && version) return { found: true, command, flavour, version, environment };
      words = lastWords(outcome) || words;
    }
  }
  return { why: words };
}

/** Directly where possible: `jupyter lab` starts Python twice. */
function waysToStart(given: string): { command: readonly string[]; flavour: Jupyter["flavour"] }[] {
  const flavours = ["lab", "notebook"] as const;
  const named = /jupyter-(lab|notebook)$/.exec(given)?.[1] as Jupyter["flavour"] | undefined;
  if (named) return [{ command: [given], flavour: named }];
  return flavours.map((flavour) => {
    const direct = `${given}-${flavour}`;
    return { command: existsSync(direct) ? [direct] : [given, flavour], flavour };
  });
}

/** After `pip install --user` the packages are found through HOME, or through PYTHONUSERBASE when that is not it. */
function surroundings(given: string): Readonly<Record<string, string>>[] {
  const base = path.dirname(path.dirname(given));
  return path.isAbsolute(given) && base.startsWith(os.homedir()) ? [{}, { PYTHONUSERBASE: base }] : [{}];
}

/** The whole path of a command given by its name; itself when it is a path, or is not found. */
function onPath(command: string, environment: NodeJS.ProcessEnv): string {
  if (command.includes(path.sep)) return path.resolve(/* turbopackIgnore: true */ command);
  const files = (environment.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(/* turbopackIgnore: true */ folder, command));
  return files.find(isProgram) ?? command;
}

function candidates(data: string, environment: NodeJS.ProcessEnv): string[] {
  const folders = [path.join(/* turbopackIgnore: true */ data, "jupyter", "bin")];
  folders.push(...(environment.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder)));
  const seen = new Set<string>();
  return folders
    .flatMap((folder) =>
      ["jupyter", "jupyter-lab", "jupyter-notebook"].map((name) => path.join(/* turbopackIgnore: true */ folder, name)),
    )
    .filter((file) => {
      // `jupyter` covers its neighbours; /bin is often /usr/bin.
      if (!isProgram(file) || seen.has(path.dirname(file))) return false;
      const { dev, ino } = statSync(file);
      if (seen.has(`${dev}:${ino}`)) return false;
      seen.add(path.dirname(file)).add(`${dev}:${ino}`);
      return true;
    });
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
