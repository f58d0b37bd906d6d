import CredentialsProvider, { type CredentialsConfig } from "next-auth/providers/credentials";
import { z } from "zod";
import type { Millis } from "#lib/booking/slot.ts";
import { type ProviderConfig, readConfig } from "#lib/config.ts";
import { mintCertificate, signInToCadc } from "#lib/credentials/cadc.ts";
import { CadcError } from "#lib/credentials/cadc-error.ts";
import type { Arrival, Welcome } from "./provider-sign-in.ts";
import { tooManyTries } from "./sign-in-tries.ts";

type CadcConfig = Extract<ProviderConfig, { kind: "cadc" }>;

const given = z.object({ username: z.string().trim().min(1).max(64), password: z.string().min(1).max(256) });

/** Accounts of CADC, with the name and the password that they have there. The password is sent on and forgotten. */
export const cadcProviders = (welcome: Welcome): CredentialsConfig[] =>
  readConfig().providers.flatMap((one) => (one.kind === "cadc" ? [toProvider(one, welcome)] : []));

/** What `signIn` of the page is told beside “wrong password”: one word, which the page has a sentence for. */
type Word = "unwell" | "another" | "many" | "trouble";
const say = (word: Word) => new Error(word);

function toProvider(setting: CadcConfig, welcome: Welcome): CredentialsConfig {
  return CredentialsProvider({
    id: setting.name,
    name: setting.title,
    credentials: { username: { label: "Name" }, password: { label: "Password", type: "password" } },
    async authorize(asked) {
      const read = given.safeParse(asked);
      if (!read.success) return null;
      if (tooManyTries(`${setting.name} ${read.data.username}`, Date.now())) throw say("many");
      const arrival = await arrive(setting, read.data, Date.now());
      if (arrival === null) return null;
      const known = await welcome(arrival, Date.now());
      if ("refused" in known) throw say(known.refused === "another" ? "another" : "trouble");
      return { id: known.userId };
    },
  });
}

/** Who they are at CADC, and what acts for them there; null when name and password do not belong together. */
async function arrive(setting: CadcConfig, account: z.output<typeof given>, now: Millis): Promise<Arrival | null> {
  const places = {
    login: new URL(setting.login),
    whoami: new URL(setting.whoami),
    generate: setting.certificate === null ? null : new URL(setting.certificate),
  };
  const signal = AbortSignal.timeout(40_000);
  try {
    const answer = await signInToCadc(places, account, signal, now);
    if (!answer.ok) return null;
    const { username, token, expiresAt } = answer;
    const identity = { provider: setting.name, subject: username, name: username, displayName: username };
    const login = { secret: { kind: "token", token } as const, expiresAt };
    const kept = places.generate === null ? login : await asCertificate(setting, places, token, signal, login);
    return { identity, ...kept, freshUntil: null };
  } catch (error) {
    if (!(error instanceof CadcError || signal.aborted)) throw error;
    console.error(`sign-in: ${error instanceof CadcError ? error.message : "CADC did not answer in time"}`);
    throw say("unwell");
  }
}

/** A certificate lasts longer than the login; where none can be made, the login's own token has to do. */
async function asCertificate<T>(
  { certificateDays }: CadcConfig,
  places: Parameters<typeof mintCertificate>[0],
  token: string,
  signal: AbortSignal,
  login: T,
) {
  try {
    const { certificate, key, expiresAt } = await mintCertificate(places, token, certificateDays, signal);
    return { secret: { kind: "certificate", certificate, key } as const, expiresAt };
  } catch (error) {
    if (!(error instanceof CadcError || signal.aborted)) throw error;
    const why = error instanceof CadcError ? error.message : "CADC's making of certificates did not answer in time.";
    console.error(`sign-in: ${why} The login's own token is used.`);
    return login;
  }
}
