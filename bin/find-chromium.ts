import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { chromium as playwright } from "@playwright/test";
import { root } from "./build.ts";
import { say } from "./terminal.ts";
import { Trouble } from "./trouble.ts";

type Run = (command: readonly string[], env?: Record<string, string>) => Promise<number | null>;

/** In the order they are tried; Playwright's own is what it was tested with, but it needs the open internet. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The program of a Chromium: MERIDIAN_CHROMIUM, Playwright's own, or one on PATH; null when there is none. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  if (environment.MERIDIAN_CHROMIUM) return environment.MERIDIAN_CHROMIUM;
  const folders = (environment.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const candidates = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [playwright.executablePath(), ...candidates].find(isProgram) ?? null;
}

/** Finds a Chromium or installs one: Debian's as root on a Debian, else Playwright's own. Throws Trouble otherwise. */
export async function chromium(run: Run): Promise<string> {
  const found = findChromium();
  if (found) return found;
  const debian = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
  say(debian ? "installing Debian's chromium" : "downloading Playwright's Chromium");
  if (debian) {
    const wait = ["-o", "DPkg::Lock::Timeout=300"];
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    await run(["apt-get", ...wait, "-qq", "update"], quiet);
    await run(
      ["apt-get", ...wait, "-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0", "install", "chromium"],
      quiet,
    );
  }
  if (!findChromium()) await run([path.join(root, "node_modules", ".bin", "playwright"), "install", "chromium"]);
  const installed = findChromium();
  if (installed) return installed;
  throw new Trouble(
    "There is no Chromium and none could be installed. Install one, or set MERIDIAN_CHROMIUM to the program of the one you have.",
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
