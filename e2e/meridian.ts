import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "#lib/loopback-port.ts";
import { until } from "./until.ts";

/** The processes of a running Meridian, as it records them itself. */
interface RunRecord {
  readonly pid: number;
  readonly state: "starting" | "ready" | "stopping";
  readonly web?: { readonly pid: number };
  readonly worker?: { readonly pid: number };
  readonly database?: { readonly pid?: number };
}

type Part = "supervisor" | "web" | "worker" | "database";

/** A real Meridian for a journey: `npm start` with a data folder and a port of its own. */
export class Meridian {
  #process: ChildProcess | null = null;

  private constructor(
    readonly data: string,
    readonly port: number,
    readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** A new one, not started yet. */
  static async create(settings: Record<string, string> = {}): Promise<Meridian> {
    const data = await mkdtemp(path.join(tmpdir(), "meridian-e2e-"));
    return new Meridian(data, await freePort(), settings);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it and waits until it says that it is ready. */
  async start(): Promise<void> {
    const output = createWriteStream(path.join(this.data, "npm-start.log"), { flags: "a" });
    await new Promise((resolve) => output.once("open", resolve));
    // A killed one leaves its record behind: that says nothing of this one.
    const before = this.record()?.pid;
    const child = spawn("npm", ["start"], {
      env: { ...process.env, ...this.settings, MERIDIAN_DATA: this.data, PORT: String(this.port), DATABASE_URL: "" },
      stdio: ["ignore", output, output],
      detached: true,
    });
    this.#process = child;
    await until("Meridian is ready", async () => {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${await this.said()}`);
      const record = this.record();
      return record?.state === "ready" && record.pid !== before;
    });
  }

  /** What `npm start` printed. */
  said(): Promise<string> {
    return readFile(path.join(this.data, "npm-start.log"), "utf8");
  }

  record(): RunRecord | null {
    const file = path.join(this.data, "run.json");
    if (!existsSync(file)) return null;
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      return null; // being replaced right now
    }
  }

  /** Kills one of its processes at once, as a crash would. */
  kill(part: Part): void {
    const record = this.record();
    const pid = part === "supervisor" ? record?.pid : record?.[part]?.pid;
    if (!pid) throw new Error(`there is no ${part} to kill`);
    process.kill(pid, "SIGKILL");
  }

  /** Kills all of it, the one that would start the others again first, and waits until it is dead. */
  async killAll(): Promise<void> {
    for (const part of ["supervisor", "worker", "web", "database"] as const) this.kill(part);
    const child = this.#process;
    if (child) await until("npm start has ended", async () => child.exitCode !== null || child.signalCode !== null);
  }

  /** Stops it as Ctrl-C does: the signal goes to the whole group of the terminal. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, "SIGINT");
    await until("Meridian has stopped", async () => child.exitCode !== null || child.signalCode !== null);
  }

  /** Stops it and removes its data. */
  async discard(): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }

  /** The password of a demo person, as printed in the terminal. */
  password(name: string): string {
    return JSON.parse(readFileSync(path.join(this.data, "demo-people.json"), "utf8"))[name];
  }

  /** The notebook servers of this Meridian that live now, by the session they belong to: process ids. */
  notebooks(): { session: string; pid: number; command: string }[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          const environment = readFileSync(`/proc/${name}/environ`, "utf8").split("\0");
          const session = environment.find((one) => one.startsWith("MERIDIAN_SESSION="));
          if (!session || !environment.some((one) => one.includes(this.data))) return [];
          const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
          return [{ session: session.slice("MERIDIAN_SESSION=".length), pid: Number(name), command }];
        } catch {
          return []; // ended while we looked
        }
      });
  }
}
