import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jupyterForTests } from "#lib/launch/local/test-machine.ts";
import { type Skaha, startSkaha } from "./start-skaha.ts";
import { as, poll } from "./trial.ts";

let skaha: Skaha;
beforeAll(async () => {
  skaha = await startSkaha({ jupyter: await jupyterForTests() });
}, 600_000);
afterAll(() => skaha.stop());

const alice = () => as(skaha, "alice");
const status = async (address: string) => (await fetch(address)).status;
const opened = async () => {
  const id = await alice().made();
  const { connectURL } = await alice().show(id);
  await poll("the notebook opens", async () => (await status(connectURL)) === 200, 100_000);
  return { id, connectURL, api: `${skaha.url}/session/notebook/${id}/api`, token: { authorization: `token ${id}` } };
};

test("the link opens a real notebook, whose kernels can be talked to through the platform", async () => {
  const { id, connectURL, api, token } = await opened();
  expect(await (await fetch(connectURL)).text()).toMatch(/jupyter/i);
  const stranger = await fetch(connectURL.replace(/\?.*/, ""), { redirect: "manual" });
  expect(stranger.headers.get("location")).toContain("login");
  const home = await (await fetch(`${api}/contents/arc/home/alice`, { headers: token })).json();
  expect(home).toMatchObject({ type: "directory", path: "arc/home/alice" });
  const kernel = await (await fetch(`${api}/kernels`, { method: "POST", headers: token })).json();
  expect(await upgrade(`/session/notebook/${id}/api/kernels/${kernel.id}/channels?token=${id}`)).toContain(" 101 ");
  await alice().remove(id);
  expect(await status(connectURL)).toBe(404);
});

test("a user who shuts Jupyter down has completed the session", async () => {
  const { id, api, token } = await opened();
  expect((await fetch(`${api}/shutdown`, { method: "POST", headers: token })).status).toBe(200);
  await poll("it is completed", async () => (await alice().show(id)).status === "Completed");
});

/** The first line of the answer to a request to speak WebSocket. */
const upgrade = (address: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = net.connect(skaha.port, "127.0.0.1", () => {
      const key = Buffer.from("sixteen bytes ok").toString("base64");
      const host = `127.0.0.1:${skaha.port}`;
      socket.write(
        `GET ${address} HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nConnection: Upgrade\r\n` +
          `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
      );
    });
    socket.once("error", reject);
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString("latin1").split("\r\n")[0] ?? "");
    });
  });
