import { type ChildProcess, spawn } from "node:child_process";

const GRACE_MS = 5_000;
const LARGEST_LOG = 1_000_000;

export interface Child {
  /** Null when it could not be started. */
  readonly pid: number | null;
  readonly log: () => string;
  /** Ends its whole process group, gently first; returns when it is gone. */
  readonly end: () => Promise<void>;
}

interface Plan {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** It ended by itself; null when it could not be started or was killed by somebody else. */
  readonly ended: (code: number | null) => void;
}

/** A program in a process group of its own, so that what it starts ends with it. */
export function startChild({ file, args, cwd, env, ended }: Plan): Child {
  // Nothing of our own environment; the types of Next want a NODE_ENV in every one.
  const only = env as NodeJS.ProcessEnv;
  const child = spawn(file, args, { cwd, env: only, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  let isAsked = false;
  const append = (part: Buffer) => {
    log = `${log}${part}`.slice(-LARGEST_LOG);
  };
  child.stdout.on("data", append);
  child.stderr.on("data", append);
  const over = new Promise<void>((resolve) => {
    const finish = (code: number | null) => {
      if (!isAsked) ended(code);
      resolve();
    };
    child.once("error", (error) => {
      append(Buffer.from(`${error.message}\n`));
      finish(null);
    });
    // Not "exit": the last output may come after it.
    child.once("close", finish);
  });
  return {
    pid: child.pid ?? null,
    log: () => log,
    end: async () => {
      isAsked = true;
      signal(child, "SIGTERM");
      const harder = setTimeout(() => signal(child, "SIGKILL"), GRACE_MS);
      await over;
      clearTimeout(harder);
      signal(child, "SIGKILL");
    },
  };
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    // The group has ended already, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
