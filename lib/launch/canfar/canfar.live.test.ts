import { startSkaha } from "#e2e/skaha/start-skaha.ts";
import { describeLauncher } from "#lib/launch/contract.ts";
import { jupyterForTests } from "#lib/launch/local/test-machine.ts";
import { runInKernel } from "#lib/staging/run-in-kernel.ts";
import { createCanfarLauncher } from "./canfar-launcher.ts";

/** The simulator with a real Jupyter behind it, below a path as on the platform. */
describeLauncher("canfar", async () => {
  const skaha = await startSkaha({ jupyter: await jupyterForTests() });
  const signal = AbortSignal.timeout(10 * 60_000);
  return {
    launcher: () =>
      createCanfarLauncher({
        base: new URL(`${skaha.url}/skaha`),
        actFor: async (user) => ({ token: `${user}-token` }),
        people: async () => ["alice", "bob"],
        endingEveryMs: 50,
        doubtMs: 200,
      }),
    order: (key) => ({
      key,
      user: { id: "alice", name: "alice" },
      executable: { type: "notebook", image: "images.canfar.net/skaha/base-notebook:latest" },
      resources: { cores: 1, memoryGiB: 1, gpus: 0 },
      endsAt: Date.now() + 3_600_000,
    }),
    unknown: [{ user: "alice", key: "m-000000000000" }],
    countServers: async (key) => skaha.sessions().filter(({ name, status }) => name === key && isActive(status)).length,
    computeFor: (open, seconds, stop) => runInKernel(open, `import time; time.sleep(${seconds})`, stop),
    compute: async (open) => (await runInKernel(open, "print(6 * 7)", signal)).trim(),
    dispose: skaha.stop,
  };
});

const isActive = (status: unknown) => status === "Running" || status === "Pending";
