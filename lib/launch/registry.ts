import { readEnvironment } from "#lib/env.ts";
import type { Launcher } from "#lib/launch/launcher.ts";
import { createLocalLauncher } from "#lib/launch/local/local-launcher.ts";

/** What the platforms here need to know of this installation. */
export interface LauncherSetting {
  /** The data folder, absolute. */
  readonly data: string;
  /** MERIDIAN_JUPYTER */
  readonly jupyter?: string;
}

/** One line for each kind of platform; a kind is the name of its folder. */
const launchers: Readonly<Record<string, (setting: LauncherSetting) => Launcher>> = {
  local: createLocalLauncher,
};

export const launcherKinds: readonly string[] = Object.keys(launchers);

/** Kept, as a launcher remembers what is slow to find out. */
const made = new Map<string, Launcher>();

const provided = new Map<string, Launcher>();

/** From now on `launcher` is the one of its kind in this process: for tests, whose platforms need not be real. */
export function provideLauncher(launcher: Launcher): void {
  provided.set(launcher.kind, launcher);
}

/**
 * The launcher for a platform of this kind, the same one each time for the same setting; by default that of the
 * environment. Throws when there is no such kind: then the platform's row names something unknown.
 */
export function launcherFor(kind: string, setting: LauncherSetting = settingFromEnvironment()): Launcher {
  const given = provided.get(kind);
  if (given) return given;
  const create = Object.hasOwn(launchers, kind) ? launchers[kind] : undefined;
  if (!create) throw new Error(`There is no launcher “${kind}”; known are: ${launcherKinds.join(", ")}.`);
  const name = JSON.stringify([kind, setting.data, setting.jupyter]);
  const launcher = made.get(name) ?? create(setting);
  made.set(name, launcher);
  return launcher;
}

function settingFromEnvironment(): LauncherSetting {
  const { MERIDIAN_DATA, MERIDIAN_JUPYTER } = readEnvironment();
  return { data: MERIDIAN_DATA, jupyter: MERIDIAN_JUPYTER };
}
