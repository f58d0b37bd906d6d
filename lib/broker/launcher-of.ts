import { providerNamed } from "#lib/config.ts";
import { actFor } from "#lib/credentials/act-for.ts";
import { CredentialTrouble } from "#lib/credentials/credential-trouble.ts";
import { usersWithCredential } from "#lib/db/credentials.ts";
import { LaunchError, type Launcher } from "#lib/launch/launcher.ts";
import { type Delegation, launcherFor, type PlatformToRunOn } from "#lib/launch/registry.ts";

/** A platform with whose sign-in its users act there; null: none is needed. */
export interface PlatformOfLaunch extends PlatformToRunOn {
  readonly provider: string | null;
}

/** The launcher of a platform, which acts for its users with what they delegated to Meridian. */
export const launcherOf = (platform: PlatformOfLaunch): Launcher => launcherFor(platform, delegationOf(platform));

function delegationOf({ id, provider: name }: PlatformOfLaunch): Delegation {
  return {
    people: async () => (name === null ? [] : usersWithCredential(name, id)),
    async actFor(userId, to, signal, refused) {
      const provider = providerNamed(name);
      if (!provider) {
        const message = `The sign-in “${name}” is not configured here any more: Meridian cannot act for anybody with it.`;
        throw new LaunchError(message, { mayPass: true, outOfOurHands: { afterMs: null } });
      }
      const asked = { userId, provider, to, signal, clock: Date.now, ...(refused && { refused }) };
      return actFor(asked).catch((error: unknown) => {
        throw error instanceof CredentialTrouble ? toLaunchError(error) : error;
      });
    },
  };
}

/** A new sign-in and a provider that recovers are both worth waiting for until the slot is over. */
const toLaunchError = ({ message, afterMs }: CredentialTrouble): LaunchError =>
  new LaunchError(message, { mayPass: true, outOfOurHands: { afterMs } });
