import type { Jupyter } from "#lib/launch/local/find-jupyter.ts";

/** Where a server is to listen and what it is to show. */
export interface ServerPlan {
  /** Tried first; when it is taken, Jupyter tries others and writes down which one it got. */
  readonly port: number;
  readonly home: string;
  readonly config: string;
  readonly asRoot: boolean;
}

/** Notebook 6 and JupyterLab 2 are the last ones built on the old server. */
const isOld = ({ flavour, version }: Pick<Jupyter, "flavour" | "version">) =>
  Number.parseInt(version, 10) <= (flavour === "lab" ? 2 : 6);

/** Everything about the server that may be seen: command lines are public, so the token is not among it. */
export function jupyterOptions(jupyter: Pick<Jupyter, "flavour" | "version">, plan: ServerPlan): string[] {
  const old = isOld(jupyter);
  const app = old ? "NotebookApp" : "ServerApp";
  return [
    `--config=${plan.config}`,
    "--no-browser",
    ...(plan.asRoot ? ["--allow-root"] : []),
    `--${app}.ip=127.0.0.1`,
    `--${app}.port=${plan.port}`,
    `--${app}.port_retries=50`,
    `--${app}.${old ? "notebook_dir" : "root_dir"}=${plan.home}`,
    `--${app}.quit_button=False`, // sessions end on Meridian's page, which then knows it
  ];
}

/** The configuration file: the token, under the name it has in that version, and what people need not be asked. */
export function jupyterConfig(jupyter: Pick<Jupyter, "flavour" | "version">, token: string): string {
  return JSON.stringify(settingsFor(jupyter, token), null, 2);
}

function settingsFor(jupyter: Pick<Jupyter, "flavour" | "version">, token: string) {
  if (isOld(jupyter)) return { NotebookApp: { token, password: "", allow_password_change: false } };
  const identity = { IdentityProvider: { token }, PasswordIdentityProvider: { hashed_password: "" } };
  // JupyterLab 3 runs on jupyter_server 1 as well as 2; later ones complain about the old name.
  if (jupyter.flavour === "lab" && Number.parseInt(jupyter.version, 10) < 4) {
    return { ServerApp: { token, password: "" }, ...identity };
  }
  return { ...identity, LabApp: { news_url: null, check_for_updates_class: "jupyterlab.NeverCheckForUpdate" } };
}

export const startPage = (jupyter: { readonly flavour: Jupyter["flavour"] }): string =>
  jupyter.flavour === "lab" ? "lab" : "tree";
