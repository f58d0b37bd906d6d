import { randomUUID } from "node:crypto";
import type { WebSocket } from "undici";
import { z } from "zod";
import { StagingTrouble } from "./staging-trouble.ts";

/** What we let run prints a few lines. A session's kernel is whatever its owner's image makes of it, and may print for ever. */
const MOST_PRINTED = 1024 * 1024;
/** So much of what Python says is shown. */
const MOST_SAID = 500;

/** As much of Jupyter's messages (version 5.3) as is looked at. */
const kernelMessage = z.object({
  header: z.object({ msg_type: z.string() }),
  parent_header: z.object({ msg_id: z.string().optional() }).optional(),
  content: z.object({
    text: z.string().optional(),
    execution_state: z.string().optional(),
    ename: z.string().optional(),
    evalue: z.string().optional(),
    traceback: z.array(z.string()).optional(),
  }),
});

/**
 * Runs Python in the kernel at the other end of the socket and returns what it prints. Throws {@link StagingTrouble} when the
 * code raises (with the traceback as its cause) or prints more than 1 MiB, and when the kernel or the connection ends before it has;
 * the signal's reason when that aborts.
 * What was begun goes on in the kernel all the same.
 */
export function runCode(socket: WebSocket, code: string, signal: AbortSignal): Promise<string> {
  const asked = randomUUID();
  return new Promise((resolve, reject) => {
    let text = "";
    const isOver = new AbortController();
    const end = (finish: () => void) => {
      isOver.abort();
      finish();
    };
    const fail = (message: string, cause?: unknown) => end(() => reject(new StagingTrouble(message, cause)));
    const hear = ({ data }: { readonly data: unknown }) => {
      const read = kernelMessage.safeParse(jsonOf(data));
      if (!read.success) return; // a message of some other kind
      const { header, parent_header, content } = read.data;
      const state = header.msg_type === "status" ? content.execution_state : undefined;
      if (state === "restarting" || state === "dead") return fail("The kernel was ended.");
      if (parent_header?.msg_id !== asked) return;
      if (header.msg_type === "stream") {
        const more = content.text ?? "";
        if (text.length + more.length > MOST_PRINTED) return fail("The kernel prints more than 1 MiB.");
        text += more;
      }
      if (header.msg_type === "error") {
        const said = `Python says ${content.ename}: ${content.evalue}`;
        return fail(said.slice(0, MOST_SAID), content.traceback?.join("\n"));
      }
      if (state === "idle") end(() => resolve(text));
    };
    socket.addEventListener("message", hear, { signal: isOver.signal });
    socket.addEventListener("close", () => fail("The connection to the kernel was closed."), { signal: isOver.signal });
    signal.addEventListener("abort", () => end(() => reject(signal.reason)), { signal: isOver.signal });
    if (signal.aborted) return end(() => reject(signal.reason));
    socket.send(JSON.stringify(executeRequest(asked, code)));
  });
}

function jsonOf(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}

const executeRequest = (id: string, code: string) => ({
  channel: "shell",
  header: { msg_id: id, msg_type: "execute_request", session: id, username: "", version: "5.3", date: "" },
  parent_header: {},
  metadata: {},
  content: { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false },
});
