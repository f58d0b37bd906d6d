import type { Page } from "@playwright/test";

/**
 * Runs code in the notebook that `page` shows, the way its own page does: a kernel over the REST API, the code over the
 * kernel's WebSocket (Jupyter's messaging protocol 5). Returns what the code printed.
 */
export function runInKernel(page: Page, token: string, code: string): Promise<string> {
  return page.evaluate(execute, { token, code });
}

/** Runs in the browser. */
async function execute({ token, code }: { token: string; code: string }): Promise<string> {
  const started = await fetch("/api/kernels", {
    method: "POST",
    headers: { authorization: `token ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "python3" }),
  });
  if (!started.ok) throw new Error(`no kernel: ${started.status} ${await started.text()}`);
  const { id } = await started.json();
  const session = crypto.randomUUID();
  const request = crypto.randomUUID();
  const socket = new WebSocket(`ws://${location.host}/api/kernels/${id}/channels?session_id=${session}&token=${token}`);
  let printed = "";
  try {
    await new Promise<void>((resolve, reject) => {
      socket.onerror = () => reject(new Error("the kernel's channel broke"));
      socket.onclose = () => reject(new Error("the kernel's channel was closed"));
      socket.onopen = () => {
        const header = {
          msg_id: request,
          msg_type: "execute_request",
          username: "",
          session,
          date: new Date().toISOString(),
          version: "5.3",
        };
        const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
        socket.send(JSON.stringify({ header, parent_header: {}, metadata: {}, content, channel: "shell" }));
      };
      socket.onmessage = (event) => {
        const message = JSON.parse(String(event.data));
        if (message.parent_header?.msg_id !== request) return;
        if (message.msg_type === "stream") printed += message.content.text;
        if (message.msg_type === "error") reject(new Error(message.content.traceback.join("\n")));
        if (message.msg_type === "status" && message.content.execution_state === "idle") resolve();
      };
    });
  } finally {
    socket.onclose = null;
    socket.close();
  }
  return printed;
}
