import { randomUUID } from "node:crypto";
import type { WebSocket } from "undici";
import { z } from "zod";
import { inPlainWords, MOST_OF_A_NAME, MOST_OF_A_REASON } from "./in-plain-words.ts";
import { StagingTrouble } from "./staging-trouble.ts";

/** What we let run prints a few lines. A session's kernel is whatever its owner's image makes of it, and may print for ever. */
const MOST_PRINTED = 1024 * 1024;
/** All that is heard until it is done: the code once more, what it prints, and what others in the same kernel do. */
const MOST_HEARD = 16 * 1024 * 1024;

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
 * code raises (with the traceback as its cause) or prints more than 1 MiB, when the kernel says more than 16 MiB in all (the socket is
 * then closed), and when the kernel or the connection ends before it has;
 * the signal's reason when that aborts.
 * What was begun goes on in the kernel all the same.
 */
export function runCode(socket: WebSocket, code: string, signal: AbortSignal): Promise<string> {
  const asked = randomUUID();
  return new Promise((resolve, reject) => {
    let text = "";
    let heard = 0;
    const isOver = new AbortController();
    const end = (finish: () => void) => {
      isOver.abort();
      finish();
    };
    const fail = (message: string, cause?: unknown) => end(() => reject(new StagingTrouble(message, cause)));
    const hear = ({ data }: { readonly data: unknown }) => {
      heard += lengthOf(data);
      if (heard > MOST_HEARD) {
        fail("The kernel says more than 16 MiB.");
        return socket.close();
      }
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
        const name = inPlainWords(content.ename ?? "", MOST_OF_A_NAME);
        const why = inPlainWords(content.evalue ?? "", MOST_OF_A_REASON);
        return fail(`Python says ${name}: ${why}`, content.traceback?.join("\n"));
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

/** In characters or bytes, of what a socket brings. */
function lengthOf(data: unknown): number {
  if (data instanceof Blob) return data.size;
  return data instanceof ArrayBuffer ? data.byteLength : String(data).length;
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
