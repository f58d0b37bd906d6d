import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startSkaha } from "./start-skaha.ts";
import { as, atOnce } from "./trial.ts";

const newFolder = () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "skaha-state-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

test("with a state file, users, tokens and sessions survive a restart", async () => {
  const state = path.join(newFolder(), "state.json");
  const before = await startSkaha({ jupyter: null, state });
  before.scenario({ delays: atOnce });
  before.users({ name: "eve" });
  before.tokens({ user: "eve", token: "eve-token" });
  const id = await as(before, "eve").made({ name: "kept" });
  const gone = await as(before, "eve").made();
  await as(before, "eve").remove(gone);
  await before.stop();
  expect(statSync(state).mode & 0o077).toBe(0);
  const after = await startSkaha({ jupyter: null, state, port: before.port });
  onTestFinished(() => after.stop());
  expect(await as(after, "eve").list()).toMatchObject([{ id, name: "kept", status: "Running" }]);
});

test("without one, a restart forgets", async () => {
  const before = await startSkaha({ jupyter: null });
  await as(before, "alice").made();
  await before.stop();
  const after = await startSkaha({ jupyter: null });
  onTestFinished(() => after.stop());
  expect(await as(after, "alice").list()).toEqual([]);
});

test("a Jupyter that is not there is trouble at the start", async () => {
  await expect(startSkaha({ jupyter: "/no/such/jupyter" })).rejects.toThrow("no program that can be run");
});
