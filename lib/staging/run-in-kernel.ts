import { z } from "zod";
import { withJupyter } from "./jupyter.ts";
import { jupyterId } from "./jupyter-id.ts";
import { runCode } from "./run-code.ts";

/**
 * Runs Python in a session as its owner's browser would: starts a kernel and sends it the code. `open` is the address
 * from `Launcher.open`. Returns what the code printed; the kernel goes on running.
 *
 * For tests and self-checks. Throws an Error when the code raises, or when Jupyter refuses.
 */
export async function runInKernel(open: URL, code: string, signal: AbortSignal, authorities?: string): Promise<string> {
  return withJupyter(open, { authorities, signal }, async ({ call, connect }) => {
    const started = await call("POST", "api/kernels", {});
    if (started.status !== 201) throw new Error(`no kernel: ${started.status} ${started.text}`);
    const { id } = z.object({ id: jupyterId }).parse(JSON.parse(started.text));
    return runCode(await connect(`api/kernels/${id}/channels`), code, signal);
  });
}
