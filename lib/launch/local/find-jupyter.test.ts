import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findJupyter } from "#lib/launch/local/find-jupyter.ts";
import { installJupyter } from "#lib/launch/local/install-jupyter.ts";
import { jupyterConfig, jupyterOptions } from "#lib/launch/local/jupyter-options.ts";
import { notebookEnvironment } from "#lib/launch/local/notebook-environment.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "meridian-find-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A PATH of these folders, each with programs that answer like this; `sh` must stay to be found. */
function machine(programs: Record<string, string>) {
  for (const [name, body] of Object.entries(programs)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
  }
  const folders = new Set(Object.keys(programs).map((name) => path.join(folder, path.dirname(name))));
  return { data: path.join(folder, "data"), environment: { ...process.env, PATH: [...folders].join(":") } };
}
const says = (version: string) => `echo ${version}`;
const fails = `echo "pyenv: jupyter: command not found" >&2; exit 127`;

test("JupyterLab is preferred to Notebook, and started without a detour", async () => {
  const places = machine({ "a/jupyter": fails, "a/jupyter-lab": says("4.6.4"), "a/jupyter-notebook": says("7.5.0") });
  expect(await findJupyter(places)).toMatchObject({
    found: true,
    flavour: "lab",
    version: "4.6.4",
    command: [path.join(folder, "a/jupyter-lab")],
  });
});

test("a shim that cannot run is passed over for a Jupyter that works", async () => {
  const places = machine({ "shims/jupyter": fails, "b/jupyter-notebook": says("6.4.12") });
  expect(await findJupyter(places)).toMatchObject({ found: true, flavour: "notebook", version: "6.4.12" });
});

test("when none works, each one's own words are told", async () => {
  const found = await findJupyter(machine({ "shims/jupyter": fails }));
  expect(found).toMatchObject({
    found: false,
    why: expect.stringMatching(/shims\/jupyter: pyenv: jupyter: command not found/),
    cure: expect.stringContaining("pip install jupyterlab"),
  });
});

test("a machine without any is told how to get one", async () => {
  const found = await findJupyter(machine({ "a/python": says("3.12.1") }));
  expect(found).toMatchObject({ found: false, why: "There is no Jupyter on this machine's PATH." });
});

test("MERIDIAN_JUPYTER decides alone, by path or by name", async () => {
  const places = machine({ "a/jupyter": says("9.9.9"), "b/my-jupyter": `test "$1" = lab && echo 4.1.0` });
  const expected = { found: true, version: "4.1.0", command: [path.join(folder, "b/my-jupyter"), "lab"] };
  expect(await findJupyter({ ...places, jupyter: path.join(folder, "b/my-jupyter") })).toMatchObject(expected);
  expect(await findJupyter({ ...places, jupyter: "my-jupyter" })).toMatchObject(expected);
  expect(await findJupyter({ ...places, jupyter: "/nowhere/jupyter" })).toMatchObject({
    found: false,
    why: expect.stringContaining("/nowhere/jupyter"),
  });
});

test("one that needs its owner's home to start is not taken, as notebooks have homes of their own", async () => {
  const needsHome = `test "$HOME" = "${os.homedir()}" && echo 4.6.4`;
  expect(await findJupyter(machine({ "a/jupyter-lab": needsHome }))).toMatchObject({ found: false });
});

test("nothing is installed where a Jupyter works", async () => {
  const said: string[] = [];
  const ready = await installJupyter({
    ...machine({ "a/jupyter-lab": says("4.6.4") }),
    say: (line) => said.push(line),
  });
  expect(ready).toEqual({ ready: true, what: "JupyterLab 4.6.4" });
  expect(said).toEqual([]);
});

test("the old Notebook and the new server are each spoken to in their own words", () => {
  const plan = { port: 1, home: "/h", config: "/c", asRoot: true };
  const old = { flavour: "notebook", version: "6.4.12" } as const;
  expect(jupyterOptions(old, plan)).toEqual(expect.arrayContaining(["--NotebookApp.port=1", "--allow-root"]));
  expect(JSON.parse(jupyterConfig(old, "t"))).toMatchObject({ NotebookApp: { token: "t" } });
  for (const [flavour, version] of [
    ["notebook", "7.5.0"],
    ["lab", "4.6.4"],
    ["lab", "3.6.8"],
  ] as const) {
    expect(jupyterOptions({ flavour, version }, { ...plan, asRoot: false })).toEqual(
      expect.not.arrayContaining(["--allow-root", "--NotebookApp.port=1"]),
    );
    expect(JSON.parse(jupyterConfig({ flavour, version }, "t"))).toMatchObject({ IdentityProvider: { token: "t" } });
  }
});

test("a notebook's environment has what programs need and none of Meridian's secrets", () => {
  const given = { PATH: "/bin", LC_ALL: "C", DATABASE_URL: "x", NEXTAUTH_SECRET: "x", PYENV_ROOT: "/p" };
  expect(notebookEnvironment(given as unknown as NodeJS.ProcessEnv, "/home", { A: "1" })).toEqual({
    PATH: "/bin",
    LC_ALL: "C",
    PYENV_ROOT: "/p",
    HOME: "/home",
    A: "1",
  });
});
