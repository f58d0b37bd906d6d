import { spawn } from "node:child_process";

/** How a command ended and what it said; `code` is null when it could not be started or was stopped. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command to its end. Never throws for what the command does; `onLine` hears every line as it is written.
 * A command still running after `withinMs` is killed.
 */
export function runCommand(
  command: readonly string[],
  options: { env: NodeJS.ProcessEnv; withinMs: number; cwd?: string; onLine?: (line: string) => void },
): Promise<Outcome> {
  const [file = "", ...rest] = command;
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    const child = spawn(/* turbopackIgnore: true */ file, rest, {
      env: options.env,
      cwd: options.cwd,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.withinMs,
      killSignal: "SIGKILL",
    });
    const hear = (text: string) => {
      for (const line of text.split(/[\r\n]+/)) if (line.trim() && options.onLine) options.onLine(line.trim());
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      hear(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      hear(text);
    });
    child.once("error", (error) => resolve({ code: null, stdout, stderr: stderr + error.message }));
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** The last line a command wrote: usually the one that says what was wrong. */
export const lastWords = (outcome: Outcome): string =>
  (outcome.stderr.trim() || outcome.stdout.trim()).split("\n").at(-1)?.trim() ?? "";
