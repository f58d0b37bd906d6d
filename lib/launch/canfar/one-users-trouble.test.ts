import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCanfarLauncher } from "./canfar-launcher.ts";
import { makeCircuit } from "./circuit.ts";

const signal = AbortSignal.timeout(60_000);
const KEY = "m-000000000001";

/** A platform on which Alice has trouble of her own. */
let trouble = 500;
const asked: string[] = [];
const well =
  '<a:availability xmlns:a="http://www.ivoa.net/xml/VOSIAvailability/v1.0"><a:available>true</a:available></a:availability>';
const server = http.createServer((request, response) => {
  if (request.url?.endsWith("/availability")) return void response.end(well);
  const user = /^Bearer (.*)-token$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  asked.push(user);
  // Each call makes its own connection, so that none is found broken.
  response.setHeader("connection", "close");
  const session = { id: "abcd1234", name: KEY, status: "Pending" };
  if (user === "alice") response.writeHead(trouble).end("unexpected exception: her home is full");
  else response.end(request.url?.includes("view=events") ? "<none>\n" : JSON.stringify([session]));
});
let base: URL;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  base = new URL(`http://127.0.0.1:${address.port}/skaha`);
});
afterAll(() => {
  server.close();
});

const launcher = () =>
  createCanfarLauncher({
    base,
    actFor: async (user) => ({ token: `${user}-token` }),
    people: async () => ["alice", "bob"],
    pauseMs: 1,
    circuit: makeCircuit({ failures: 3 }),
  });
const handle = (user: string) => ({ user, key: KEY });

test.each([500, 429])("the platform's %d to one user leaves that user alone, and nobody else", async (status) => {
  trouble = status;
  const platform = launcher();
  expect(await platform.look(handle("bob"), signal)).toMatchObject({ state: "preparing" });
  await expect(platform.look(handle("alice"), signal)).rejects.toThrow("CANFAR does not answer as it should");
  asked.length = 0;
  await expect(platform.look(handle("alice"), signal)).rejects.toThrow("left alone");
  expect(asked).toEqual([]);
  expect(await platform.look(handle("bob"), signal)).toMatchObject({ state: "preparing" });
  expect(await platform.readiness(signal)).toMatchObject({ ready: true });
});

test("a platform without connection is left alone for everybody, whoever notices", async () => {
  const platform = launcher();
  await platform.look(handle("bob"), signal);
  server.closeAllConnections();
  server.close();
  await expect(platform.look(handle("alice"), signal)).rejects.toThrow("cannot be reached");
  expect(await platform.readiness(signal)).toMatchObject({
    ready: false,
    why: expect.stringContaining("ECONNREFUSED"),
  });
  await expect(platform.look(handle("bob"), signal)).rejects.toThrow("left alone");
});
