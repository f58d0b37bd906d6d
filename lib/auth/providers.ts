import { readConfig } from "#lib/config.ts";

/** The ways to sign in that are configured, as people see them. */
export function signInProviders() {
  const { providers, platforms } = readConfig();
  return providers.map(({ name, title, kind }) => {
    const used = platforms.filter(({ provider }) => provider === name).map((platform) => platform.title);
    const words = used.length === 0 ? "who you are" : `for ${new Intl.ListFormat("en").format(used)}`;
    return { name, title, kind, words };
  });
}
