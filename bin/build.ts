import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "#lib/launch/local/lock.ts";
import { hashOfSources } from "./sources.ts";
import { step } from "./terminal.ts";
import { Trouble } from "./trouble.ts";

/** The project's own folder. */
export const root = path.join(import.meta.dirname, "..");
export const nextCommand = [process.execPath, path.join(root, "node_modules/next/dist/bin/next")] as const;
const stamp = path.join(root, ".next", "meridian-sources");

/**
 * Builds the pages when their sources changed since the last time. Throws Trouble with the build's last words when it
 * fails. Two that want to build take turns.
 */
export async function buildWhenChanged(signal: AbortSignal): Promise<void> {
  if (isBuilt()) return;
  mkdirSync(path.join(root, "node_modules", ".cache"), { recursive: true });
  await withLock(path.join(root, "node_modules", ".cache", "meridian-build.lock"), signal, async () => {
    if (isBuilt()) return;
    const sources = hashOfSources(root);
    rmSync(stamp, { force: true });
    await step("building the pages", () => build(signal));
    writeFileSync(stamp, sources);
  });
}

const isBuilt = () =>
  existsSync(path.join(root, ".next", "BUILD_ID")) &&
  existsSync(stamp) &&
  readFileSync(stamp, "utf8") === hashOfSources(root);

async function build(signal: AbortSignal): Promise<void> {
  const [node, next] = nextCommand;
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
  const child = spawn(node, [next, "build"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], signal });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  signal.throwIfAborted();
  if (code !== 0)
    throw new Trouble(`The pages could not be built.\n${output.trimEnd().split("\n").slice(-40).join("\n")}`);
}
