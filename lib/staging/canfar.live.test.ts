import { afterAll, beforeAll, expect, test } from "vitest";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { createCanfarLauncher } from "#lib/launch/canfar/canfar-launcher.ts";
import { handleOf, settled } from "#lib/launch/contract.ts";
import { jupyterForTests, smallOrder } from "#lib/launch/local/test-machine.ts";
import { type FileServer, startFileServer } from "#lib/testing/file-server.ts";
import { addressOfFile, readSessionAddress } from "./session-address.ts";
import { stageInSession } from "./stage-in-session.ts";

/** The simulator of CANFAR with a real Jupyter behind it, which shows the whole file system and lands in a home. */
let skaha: Skaha;
let server: FileServer;
const notebook = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: await jupyterForTests() });
  server = await startFileServer({ "/fit.ipynb": notebook });
}, 600_000);
afterAll(async () => {
  await skaha?.stop();
  await server?.close();
});

test("on CANFAR a notebook lies below the user's home, and the address that opens it leads there", async () => {
  const signal = AbortSignal.timeout(110_000);
  const launcher = createCanfarLauncher({
    base: new URL(`${skaha.url}/skaha`),
    actFor: async (user) => ({ token: `${user}-token` }),
    people: async () => ["alice"],
  });
  const executable = { type: "notebook", image: "images.canfar.net/skaha/base-notebook:latest" } as const;
  const order = smallOrder("m-0123456789ab", { user: { id: "alice", name: "alice" }, executable });
  const handle = handleOf(await launcher.launch(order, signal));
  await settled(launcher, handle);
  const open = await launcher.open(handle, signal);
  const plan = { folder: `broker/${order.key}`, notebook: `${server.url}/fit.ipynb`, files: [], folders: ["out"] };
  expect(await stageInSession(open, plan, signal)).toMatchObject({ ok: true });

  const { base, token } = readSessionAddress(open);
  const api = new URL(`api/contents/arc/home/alice/broker/${order.key}`, base);
  const listed = await fetch(api, { headers: { authorization: `token ${token}` } });
  const { content } = (await listed.json()) as { content: { name: string; size: number | null }[] };
  expect(content.map(({ name }) => name).sort()).toEqual(["fit.ipynb", "out"]);
  const opened = addressOfFile(open, `broker/${order.key}/fit.ipynb`);
  expect(opened.pathname).toMatch(/\/lab\/tree\/arc\/home\/alice\/broker\/m-0123456789ab\/fit\.ipynb$/);
  expect((await fetch(opened)).status).toBe(200);
});
