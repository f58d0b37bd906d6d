import { z } from "zod";
import { readEnvironment } from "#lib/env.ts";
import type { ActForUser } from "#lib/launch/canfar/acting.ts";
import { createCanfarLauncher } from "#lib/launch/canfar/canfar-launcher.ts";
import type { Launcher } from "#lib/launch/launcher.ts";
import { createLocalLauncher } from "#lib/launch/local/local-launcher.ts";

/** What a launcher has to know of its platform. */
export interface PlatformToRunOn {
  readonly id: string;
  /** Which launcher drives it: a key of {@link launchers}. */
  readonly kind: string;
  /** What that kind of launcher needs, such as an address; nothing secret. */
  readonly settings: unknown;
}

/** How the platforms that act for users get what they act with. */
export interface Delegation {
  readonly actFor: ActForUser;
  /** Everybody for whom something could act. */
  readonly people: () => Promise<readonly string[]>;
}

/** What the platforms here need to know of this installation. */
export interface Installation {
  /** The data folder, absolute. */
  readonly data: string;
  /** MERIDIAN_JUPYTER */
  readonly jupyter?: string | undefined;
}

const canfarSettings = z.object({
  /** Where Skaha is, such as https://ws-uv.canfar.net/skaha. */
  url: z.url(),
  /** Certificates of authorities (PEM) beside those that everybody trusts. */
  authorities: z.string().optional(),
});
export type CanfarSettings = z.output<typeof canfarSettings>;

/** One line for each kind of platform; a kind is the name of its folder. */
const launchers: Readonly<
  Record<string, (settings: unknown, installation: Installation, delegation: Delegation) => Launcher>
> = {
  local: (_, installation) => createLocalLauncher(installation),
  canfar: (settings, _, delegation) => {
    const { url, authorities } = canfarSettings.parse(settings);
    return createCanfarLauncher({
      base: new URL(url),
      ...(authorities !== undefined && { ca: authorities }),
      ...delegation,
    });
  },
};

export const launcherKinds: readonly string[] = Object.keys(launchers);

/** Kept, as a launcher remembers what is slow to find out, and whether its platform is well. */
const made = new Map<string, Launcher>();

const provided = new Map<string, Launcher>();

/** From now on `launcher` is the one of its kind in this process: for tests, whose platforms need not be real. */
export function provideLauncher(launcher: Launcher): void {
  provided.set(launcher.kind, launcher);
}

/**
 * The launcher of a platform, the same one each time while its settings and the installation are the same. Throws when there is no
 * such kind, or the settings are not those of that kind: then the platform's row is wrong.
 */
export function launcherFor(
  platform: PlatformToRunOn,
  delegation: Delegation,
  installation: Installation = installationHere(),
): Launcher {
  const { id, kind, settings } = platform;
  const given = provided.get(kind);
  if (given) return given;
  const create = Object.hasOwn(launchers, kind) ? launchers[kind] : undefined;
  if (!create) throw new Error(`There is no launcher “${kind}”; known are: ${launcherKinds.join(", ")}.`);
  const name = JSON.stringify([kind === "local" ? null : id, kind, settings, installation]);
  const launcher = made.get(name) ?? create(settings, installation, delegation);
  made.set(name, launcher);
  return launcher;
}

function installationHere(): Installation {
  const { MERIDIAN_DATA, MERIDIAN_JUPYTER } = readEnvironment();
  return { data: MERIDIAN_DATA, jupyter: MERIDIAN_JUPYTER };
}
