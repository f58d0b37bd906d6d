import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { type Child, startChild } from "./child.ts";

export interface Jupyter {
  readonly command: readonly [string, ...string[]];
  /** Without JupyterLab the start page is `tree`. */
  readonly hasLab: boolean;
}

/** The given program, else the first `jupyter` in PATH; null without any. Throws when the given one cannot be run. */
export function findJupyter(given: string | null, searchPath: string): Jupyter | null {
  if (given !== null) {
    if (!isProgram(given)) throw new Error(`${given} is no program that can be run.`);
    return jupyterOf(path.resolve(given));
  }
  const found = searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, "jupyter"))
    .find(isProgram);
  return found === undefined ? null : jupyterOf(found);
}

function jupyterOf(file: string): Jupyter {
  const named = /jupyter-(lab|notebook|server)$/.exec(file)?.[1];
  if (named) return { command: [file], hasLab: named === "lab" };
  const app = ["lab", "notebook", "server"].find((name) => existsSync(`${file}-${name}`));
  return app ? { command: [`${file}-${app}`], hasLab: app === "lab" } : { command: [file, "lab"], hasLab: true };
}

interface Plan {
  readonly id: string;
  /** What the user sees as `/`. */
  readonly root: string;
  /** The user's home, below `root`. */
  readonly home: string;
  /** Where the server keeps what it needs. */
  readonly folder: string;
  readonly port: number;
  readonly ended: (code: number | null) => void;
}

/** A Jupyter server of a session: its token is the session's id, its address begins as the platform's. */
export function startJupyter(jupyter: Jupyter, { id, root, home, folder, port, ended }: Plan): Child {
  mkdirSync(home, { recursive: true });
  mkdirSync(folder, { recursive: true });
  const config = path.join(folder, "config.json");
  const server = {
    ip: "127.0.0.1",
    port,
    port_retries: 0,
    base_url: `/session/notebook/${id}/`,
    open_browser: false,
    allow_root: true,
    token: id,
  };
  writeFileSync(
    config,
    JSON.stringify({
      ServerApp: { ...server, root_dir: root },
      IdentityProvider: { token: id },
      NotebookApp: { ...server, notebook_dir: root },
      LabApp: { news_url: null, check_for_updates_class: "jupyterlab.NeverCheckForUpdate" },
    }),
    { mode: 0o600 },
  );
  const [file, ...args] = jupyter.command;
  const programs = [path.dirname(file), process.env.PATH].join(path.delimiter);
  return startChild({
    file,
    args: [...args, `--config=${config}`],
    cwd: home,
    env: { PATH: programs, HOME: home, LANG: "C.UTF-8", JUPYTER_RUNTIME_DIR: path.join(folder, "runtime") },
    ended,
  });
}

/** A port of 127.0.0.1 that nobody uses now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port is free")),
      );
    });
  });

function isProgram(file: string): boolean {
  if (!existsSync(file) || !statSync(file).isFile()) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // it is there and may not be run
  }
}
