import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { portOwner, portTrouble } from "./port.ts";

async function listening(host: string): Promise<{ port: number; close: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, close: () => server.close() };
}

test.runIf(process.platform === "linux").each(["127.0.0.1", "0.0.0.0"])(
  "who took a port of %s is named",
  async (host) => {
    const { port, close } = await listening(host);
    try {
      expect(portOwner(port)).toMatchObject({ pid: process.pid });
      const sentence = await portTrouble("127.0.0.1", port);
      expect(sentence).toContain(`Port ${port} is taken by process ${process.pid} (`);
      expect(sentence).toContain(`PORT=${port + 1} npm start`);
    } finally {
      close();
    }
  },
);

test.runIf(process.platform === "linux")("another program that took it is named with its command", async () => {
  const code = "require('net').createServer().listen(0,'127.0.0.1',function(){console.log(this.address().port)})";
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const port = Number(await new Promise((resolve) => child.stdout.once("data", resolve)));
    expect(portOwner(port)).toMatchObject({ pid: child.pid, command: expect.stringContaining("node -e") });
  } finally {
    child.kill();
  }
});

test("a free port is no trouble, and nobody owns it", async () => {
  const { port, close } = await listening("127.0.0.1");
  close();
  await expect.poll(() => portTrouble("127.0.0.1", port)).toBeNull();
  expect(portOwner(port)).toBeNull();
});

test("an address of another machine is explained", async () => {
  expect(await portTrouble("192.0.2.1", 3000)).toMatch(/^HOST=192\.0\.2\.1 is not an address of this machine/);
});
