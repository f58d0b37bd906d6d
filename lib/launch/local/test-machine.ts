import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Order } from "#lib/launch/launcher.ts";
import { findJupyter } from "#lib/launch/local/find-jupyter.ts";
import { installJupyter } from "#lib/launch/local/install-jupyter.ts";
import { createLocalLauncher } from "#lib/launch/local/local-launcher.ts";
import { stopAllLocal } from "#lib/launch/local/stop-all-local.ts";

/** One Jupyter for all tests of this user on this machine, installed when there is none. */
export async function jupyterForTests(): Promise<string> {
  const data = path.join(os.tmpdir(), `meridian-tests-${process.getuid?.() ?? 0}`);
  const places = { data, jupyter: process.env.MERIDIAN_JUPYTER || undefined };
  const ready = await installJupyter({ ...places, say: (line) => process.stderr.write(`${line}\n`) });
  const jupyter = await findJupyter(places);
  if (!ready.ready || !jupyter.found) throw new Error(`no Jupyter to test with: ${JSON.stringify(ready)}`);
  return jupyter.command[0] ?? "";
}

/** A data folder of its own, as of another Meridian on the same machine. */
export function newMeridian(jupyter: string) {
  const data = mkdtempSync(path.join(os.tmpdir(), "meridian-local-"));
  return {
    data,
    jupyter,
    launcher: (more: { jupyter?: string; graceMs?: number } = {}) => createLocalLauncher({ data, jupyter, ...more }),
    async dispose() {
      await stopAllLocal({ data, pause: false });
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The smallest session one can book. */
export const smallOrder = (key: string, more: Partial<Order> = {}): Order => ({
  key,
  user: { id: "0193b0a4-0000-7000-8000-000000000001", name: "ada" },
  executable: { type: "notebook", image: null },
  resources: { cores: 1, memoryGiB: 1, gpus: 0 },
  endsAt: 0,
  ...more,
});
