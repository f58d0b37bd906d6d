import { randomBytes, randomUUID } from "node:crypto";
import http from "node:http";
import type { Duplex } from "node:stream";

/**
 * Runs Python in a session as its owner's browser would: starts a kernel and sends it the code. `open` is the address
 * from `Launcher.open`. Returns what the code printed; the kernel goes on running.
 *
 * For tests and self-checks. Throws an Error with the traceback when the code raises, or when Jupyter refuses.
 */
export async function runInKernel(open: URL, code: string, signal: AbortSignal): Promise<string> {
  const token = open.searchParams.get("token") ?? "";
  const kernels = new URL(`${basePath(open)}api/kernels`, open);
  const started = await fetch(kernels, {
    method: "POST",
    headers: { authorization: `token ${token}`, "content-type": "application/json" },
    body: "{}",
    signal,
  });
  if (started.status !== 201) throw new Error(`no kernel: ${started.status} ${await started.text()}`);
  const { id } = (await started.json()) as { id: string };
  const socket = await connect(new URL(`${kernels.pathname}/${id}/channels`, open), token, signal);
  const asked = randomUUID();
  try {
    socket.write(textFrame(JSON.stringify(executeRequest(asked, code))));
    return await printed(socket, asked, signal);
  } finally {
    socket.destroy();
  }
}

/** Where the server is: what stands before its start page, which is `lab` or `tree`, perhaps with a folder after it. */
const basePath = ({ pathname }: URL) => pathname.replace(/\/(?:lab|tree)(?:\/.*)?$/, "/");

interface KernelMessage {
  readonly msg_type?: string;
  readonly header: { readonly msg_type: string };
  readonly parent_header?: { readonly msg_id?: string };
  readonly content: {
    readonly text?: string;
    readonly execution_state?: string;
    readonly traceback?: readonly string[];
  };
}

const executeRequest = (id: string, code: string) => ({
  channel: "shell",
  header: { msg_id: id, msg_type: "execute_request", session: id, username: "", version: "5.3", date: "" },
  parent_header: {},
  metadata: {},
  content: { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false },
});

function printed(socket: Duplex, asked: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    let received: Buffer = Buffer.alloc(0);
    const hear = (message: KernelMessage) => {
      if (message.parent_header?.msg_id !== asked) return;
      if (message.header.msg_type === "stream") text += message.content.text ?? "";
      if (message.header.msg_type === "error") reject(new Error(message.content.traceback?.join("\n") ?? "error"));
      if (message.header.msg_type === "status" && message.content.execution_state === "idle") resolve(text);
    };
    socket.on("data", (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      for (let frame = firstFrame(received); frame; frame = firstFrame(received)) {
        received = received.subarray(frame.length);
        if (frame.opcode === 1) hear(JSON.parse(frame.payload.toString()) as KernelMessage);
      }
    });
    socket.once("close", () => reject(new Error("the kernel's connection was closed")));
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Node 20 has no WebSocket of its own; this is as much of RFC 6455 as a kernel needs. */
function connect(url: URL, token: string, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, {
      signal,
      headers: {
        authorization: `token ${token}`,
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
      },
    });
    request.once("upgrade", (_response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      socket.on("error", () => {}); // "close" follows and is heard
      resolve(socket);
    });
    request.once("response", (response) => reject(new Error(`no connection to the kernel: ${response.statusCode}`)));
    request.once("error", reject);
  });
}

function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const header = Buffer.alloc(4);
  header[0] = 0x81; // the last frame of a text
  header[1] = 0x80 | 126; // masked, the length in the next two bytes
  header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, mask, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

/** The first whole frame in `bytes`; null when more must come. Servers do not mask theirs. */
function firstFrame(bytes: Buffer): { opcode: number; payload: Buffer; length: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return null;
  const size = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < start + size) return null;
  return { opcode: bytes.readUInt8(0) & 0x0f, payload: bytes.subarray(start, start + size), length: start + size };
}
