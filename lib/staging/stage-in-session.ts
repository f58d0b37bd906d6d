import { readFileSync } from "node:fs";
import { z } from "zod";
import { notebookPath, type StagedFile, type StagingPlan } from "#lib/booking/staged-file.ts";
import { inPlainWords, MOST_OF_A_NAME, MOST_OF_A_REASON } from "./in-plain-words.ts";
import { type Jupyter, withJupyter } from "./jupyter.ts";
import { jupyterId } from "./jupyter-id.ts";
import { runCode } from "./run-code.ts";
import { readSessionAddress } from "./session-address.ts";
import { StagingTrouble } from "./staging-trouble.ts";

/** Whether everything is there; or why it cannot be, a sentence that names the file. */
export type Staged = { readonly ok: true } | { readonly ok: false; readonly why: string };

export interface StagingWay {
  /** Certificates (PEM) that the session's own address is trusted with, beside those that everybody trusts. */
  readonly authorities?: string | undefined;
  /** An address that sends nothing for so long is given up, in seconds. */
  readonly stallSeconds?: number;
  /** What may work later is tried again after each of these, in seconds. */
  readonly pauses?: readonly number[];
}

/**
 * Lets a session fetch its files itself, into the folder of the plan below the one that its owner lands in: in a kernel of its own,
 * which is shut down afterwards. `open` is the address from `Launcher.open`.
 *
 * May be called again at any time: what is there, whole, is left as it is. While a kernel of an earlier call is still at it, this one
 * waits in the same kernel. Throws {@link StagingTrouble} for what is not the files' fault, and the signal's reason when it aborts;
 * the kernel then goes on, to be found by the next call.
 */
export async function stageInSession(
  open: URL,
  plan: StagingPlan,
  signal: AbortSignal,
  { authorities, stallSeconds = 60, pauses = [1, 4] }: StagingWay = {},
): Promise<Staged> {
  const files = [...(plan.notebook === null ? [] : [notebookFile(plan.notebook)]), ...plan.files];
  const told = JSON.stringify({ folder: plan.folder, folders: plan.folders, files, stallSeconds, pauses });
  const code = `${program()}\nbring("${Buffer.from(told).toString("base64")}")\n`;
  return withJupyter(open, { authorities, signal }, async (jupyter) => {
    const { session, kernel } = await ownKernel(jupyter, open, plan.folder);
    const printed = await runCode(await jupyter.connect(`api/kernels/${kernel}/channels`), code, signal);
    await jupyter.call("DELETE", `api/sessions/${session}`);
    return read(printed);
  });
}

const program = () => readFileSync(new URL("./stage.py", import.meta.url), "utf8");

const notebookFile = (address: string): StagedFile & { readonly isNotebook: true } => ({
  name: notebookPath(address),
  urls: [address],
  path: notebookPath(address),
  bytes: null,
  checksum: null,
  readOnly: false,
  isNotebook: true,
});

const jupyterSession = z.object({ id: jupyterId, kernel: z.object({ id: jupyterId }) });

/**
 * Jupyter keeps one kernel to a path: whoever asks for it again gets the one that there is. A kernel begins in the folder of its path,
 * which here is the one that the owner lands in.
 */
async function ownKernel({ call }: Jupyter, open: URL, folder: string): Promise<{ session: string; kernel: string }> {
  const name = folder.replaceAll("/", "-");
  const path = `${readSessionAddress(open).folder}${name}`;
  const answer = await call("POST", "api/sessions", { path, name, type: "console", kernel: {} });
  if (answer.status !== 201) throw new StagingTrouble(`Its Jupyter starts no kernel (${answer.status}).`);
  const { data: started } = jupyterSession.safeParse(jsonOf(answer.text));
  if (started === undefined) throw new StagingTrouble("Its Jupyter does not say which kernel it started.");
  return { session: started.id, kernel: started.kernel.id };
}

const line = z.union([z.object({ name: z.string().nullable(), why: z.string() }), z.object({ done: z.literal(true) })]);

/** Reads the lines that the program printed. */
function read(printed: string): Staged {
  for (const text of printed.split("\n")) {
    const { data } = line.safeParse(jsonOf(text));
    if (data === undefined) continue; // a warning of some library, say
    return "done" in data ? { ok: true } : { ok: false, why: whyNot(data) };
  }
  throw new StagingTrouble("The kernel stopped in the middle.");
}

/** Part of it are words of some server, which may be any. */
const whyNot = ({ name, why }: { readonly name: string | null; readonly why: string }): string => {
  const what = name === null ? "Nothing" : `“${inPlainWords(name, MOST_OF_A_NAME)}”`;
  return `${what} could not be brought to the session: ${inPlainWords(why, MOST_OF_A_REASON)}.`;
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
