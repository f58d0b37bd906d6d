import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { runInKernel } from "./run-in-kernel.ts";
import { stageInSession } from "./stage-in-session.ts";
import { StagingTrouble } from "./staging-trouble.ts";

/** What a session calls its Jupyter is whatever its image has: here it is one that means no good. */
const MiB = 1024 * 1024;
const signal = AbortSignal.timeout(20_000);

interface Evil {
  /** What it says of the kernel that it started. */
  readonly started?: object;
  readonly answer?: (response: ServerResponse) => void;
  /** Gets the identifier of what it was asked to run, and sends messages. */
  readonly kernel?: (id: string, send: (message: object) => Promise<void>, socket: Duplex) => Promise<void>;
}

async function evilJupyter({ answer, kernel, started = { id: "1", kernel: { id: "1" } } }: Evil): Promise<URL> {
  const server = createServer((_, response) =>
    answer ? answer(response) : response.writeHead(201).end(JSON.stringify(started)),
  );
  server.on("upgrade", ({ headers }, socket) => {
    const accept = createHash("sha1").update(`${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    socket.on("error", () => undefined);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept.digest("base64")}\r\n\r\n`,
    );
    socket.once("data", (frame: Buffer) => {
      const send = (message: object) => written(socket, frameOf(JSON.stringify(message)));
      kernel?.(askedIn(frame), send, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/lab?token=t`);
}

/** The text of a masked frame of less than 64 KiB begins with the identifier (RFC 6455, 5.2). */
function askedIn(frame: Buffer): string {
  const [mask, masked] = [frame.subarray(4, 8), frame.subarray(8)];
  const text = Buffer.from(masked.map((byte, index) => byte ^ (mask[index % 4] ?? 0))).toString();
  return /"msg_id":"([^"]+)"/.exec(text)?.[1] ?? "";
}

function frameOf(text: string): Buffer {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(0x81_7f);
  head.writeBigUInt64BE(BigInt(Buffer.byteLength(text)), 2);
  return Buffer.concat([head, Buffer.from(text)]);
}

const written = (socket: Duplex, bytes: Buffer): Promise<void> =>
  // Whoever hangs up has heard enough.
  new Promise((resolve) => socket.write(bytes, () => resolve()));

const printing = (id: string, text: string) => ({
  header: { msg_type: "stream" },
  parent_header: { msg_id: id },
  content: { text },
});
const idle = (id: string) => ({
  header: { msg_type: "status" },
  parent_header: { msg_id: id },
  content: { execution_state: "idle" },
});
const plan = { folder: "broker/m-1", notebook: null, files: [], folders: [] };

test("what a kernel prints is heard up to 1 MiB", async () => {
  const open = await evilJupyter({
    kernel: async (id, send) => {
      for (let times = 0; times < 4; times++) await send(printing(id, "x".repeat(MiB / 4)));
      await send(idle(id));
    },
  });
  expect(await runInKernel(open, "", signal)).toHaveLength(MiB);
});

test("a kernel that prints for ever is not listened to for ever", async () => {
  let printed = 0;
  const open = await evilJupyter({
    kernel: async (id, send, socket) => {
      for (; !socket.destroyed && printed < 64; printed++) await send(printing(id, "x".repeat(MiB / 4)));
      if (printed === 64) await send(idle(id));
    },
  });
  const running = runInKernel(open, "", signal);
  await expect(running).rejects.toThrow(StagingTrouble);
  await expect(running).rejects.toThrow("The kernel prints more than 1 MiB.");
});

test("one message that is larger than all the others together ends the connection", async () => {
  const open = await evilJupyter({
    kernel: async (id, send) => {
      await send({ ...printing("another", ""), padding: "x".repeat(9 * MiB) });
      await send(idle(id));
    },
  });
  await expect(runInKernel(open, "", signal)).rejects.toThrow("The connection to the kernel was closed.");
});

test("a kernel that talks of other things for ever is not listened to for ever", async () => {
  let said = 0;
  const open = await evilJupyter({
    kernel: async (id, send, socket) => {
      for (; !socket.destroyed && said < 64; said++) await send(printing("another", "x".repeat(MiB)));
      if (said === 64) await send(idle(id));
    },
  });
  await expect(runInKernel(open, "", signal)).rejects.toThrow("The kernel says more than 16 MiB.");
});

test.each(["../../api/contents", "a/b", "a?b", "", "é", "x".repeat(65)])(
  "a kernel or a session called “%s” leads to no other address",
  async (id) => {
    for (const started of [
      { id, kernel: { id: "1" } },
      { id: "1", kernel: { id } },
    ]) {
      const open = await evilJupyter({ started });
      const asked = stageInSession(open, plan, signal);
      await expect(asked).rejects.toThrow(new StagingTrouble("Its Jupyter does not say which kernel it started."));
    }
  },
);

test("what the program says is stored without what steers a screen", async () => {
  const line = { name: `a\u001b[31m${"b".repeat(MiB / 4)}`, why: `c\u202e${"d".repeat(MiB / 4)}` };
  const open = await evilJupyter({
    kernel: async (id, send) => {
      await send(printing(id, JSON.stringify(line)));
      await send(idle(id));
    },
  });
  const why = `“a [31m${"b".repeat(194)}” could not be brought to the session: c ${"d".repeat(498)}.`;
  expect(await stageInSession(open, plan, signal)).toEqual({ ok: false, why });
});

test("what Python says is shown in its first words", async () => {
  const content = { ename: "Error", evalue: "x".repeat(MiB), traceback: [] };
  const open = await evilJupyter({
    kernel: (id, send) => send({ header: { msg_type: "error" }, parent_header: { msg_id: id }, content }),
  });
  const trouble: Error = await runInKernel(open, "", signal).catch((error) => error);
  expect(trouble.message).toMatch(/^Python says Error: x+$/);
  expect(trouble.message.length).toBeLessThan(1000);
});

test.each([200, 201])("an answer of HTTP %i that goes on and on is not read to its end", async (status) => {
  const open = await evilJupyter({
    answer: (response) => {
      response.writeHead(status);
      let wrote = 0;
      const more = () => {
        for (let goesOn = true; goesOn && wrote < 64; wrote++) goesOn = response.write("x".repeat(MiB / 4));
        if (wrote === 64) response.end();
      };
      response.on("drain", more);
      more();
    },
  });
  for (const asked of [runInKernel(open, "", signal), stageInSession(open, plan, signal)]) {
    await expect(asked).rejects.toThrow(new StagingTrouble("Its Jupyter answers more than 1 MiB."));
  }
});
