import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Rates } from "#lib/booking/footprint.ts";
import { isLoopback } from "#lib/is-loopback.ts";

/**
 * What an operator says of the outside world: who signs people in, and which platforms there are. A file of JSON, named by
 * MERIDIAN_CONFIG; docs/operations.md has an example for CANFAR and one for SRCNet.
 */

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, "it must be a short name of a-z, 0-9 and “-”, such as ska-iam")
  .refine((one) => !["demo", "local", "credentials"].includes(one), "that name is taken");
const title = z.string().trim().min(1).max(60);
const amount = (least: number) => z.number().int().min(least).max(100_000);
const size = { cores: amount(1), memoryGiB: amount(1), gpus: amount(0).default(0) };

/** Secrets travel over it, so it is https; on loopback http will do. */
const address = z
  .url()
  .refine((text) => isSafe(text), "it must begin with https:// (http:// only on this machine's own addresses)");

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** Where a secret is: never in this file itself. */
const secret = z.union([z.strictObject({ variable: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]);

const oidc = z.strictObject({
  kind: z.literal("oidc"),
  name,
  title,
  /** As the provider itself writes it, with or without a slash at its end. */
  issuer: address,
  clientId: z.string().min(1),
  /** Left out for a public client. */
  clientSecret: secret.optional(),
  /** How the secret is sent to the provider. */
  clientAuthentication: z.enum(["client_secret_basic", "client_secret_post"]).default("client_secret_basic"),
  scope: z.string().default("openid profile email offline_access"),
  /** Some providers give a refresh token only where the user is asked: then “consent”. */
  prompt: z.enum(["consent", "login", "select_account"]).optional(),
  /**
   * What its access tokens must name as their audience to be taken as bearer tokens of our API, one word or several; without
   * it none is taken. A token that was made for another service must not open ours: whoever runs that service could use it.
   */
  apiAudience: z
    .union([
      z
        .string()
        .min(1)
        .transform((one) => [one]),
      z.array(z.string().min(1)).min(1),
    ])
    .optional(),
});

const cadc = z.strictObject({
  kind: z.literal("cadc"),
  name,
  title,
  login: address.default("https://ws-cadc.canfar.net/ac/login"),
  whoami: address.default("https://ws-cadc.canfar.net/ac/whoami"),
  /** Where a certificate is made from the login; null: the login's own token is used, which is good for 48 h. */
  certificate: address.nullable().default("https://ws.cadc-ccda.hia-iha.nrc-cnrc.gc.ca/cred/generate"),
  certificateDays: z.number().min(1).max(30).default(7),
});

export const providerConfig = z.discriminatedUnion("kind", [oidc, cadc]);
export type ProviderConfig = z.output<typeof providerConfig>;

const rate = z.number().min(0).max(1_000_000);
const rates = {
  currency: z.string().trim().min(1).max(10),
  perCoreHour: rate,
  perGiBHour: rate,
  perGpuHour: rate,
  wattsPerCore: rate,
  wattsPerGiB: rate,
  wattsPerGpu: rate,
  gramsPerKWh: rate,
  scorePerCore: rate,
  ioMBps: rate,
} satisfies Record<keyof Rates, z.ZodType>;

const platform = z
  .strictObject({
    kind: z.literal("canfar"),
    name,
    title,
    /** The provider whose sign-in its users act with. */
    provider: name,
    /** Where Skaha is, such as https://ws-uv.canfar.net/skaha. */
    url: address.optional(),
    /** Where to find it when there is no url: an IVOA registry, and the name of the service in it. */
    registry: address.optional(),
    resourceId: z.string().startsWith("ivo://").optional(),
    /** A file with certificates of authorities (PEM), for a platform whose own is not publicly trusted. */
    authorities: z.string().optional(),
    /** What Meridian may give out there in each slot. Read when the platform is new; later the page “Admin” says. */
    size: z.strictObject(size),
    /** The project people are in there who sign in with its provider, and what each of them may have in a slot. */
    newcomers: z.strictObject({ project: name, title, ...size, openBookings: amount(1).default(5) }).optional(),
    slotMinutes: z.number().int().min(1).max(1440).optional(),
    windowHours: z.number().int().min(1).max(168).optional(),
    /** How early a session is started, in free room, until its image's own start times are known. */
    leadSeconds: z.number().int().min(0).max(600).default(120),
    /** What offers say it costs and can do, where it is not the usual: lib/booking/footprint.ts. */
    rates: z.strictObject(rates).partial().optional(),
    /** The most storage that a request may ask for with a session, in GiB. */
    storageGiB: z.number().int().min(0).max(1_000_000).optional(),
    /** How fast a session there fetches its data, in megabytes a second: lib/booking/fetch-time.ts. */
    fetchMBps: z.number().positive().max(1_000_000).optional(),
    /** How long a launch may take before the session fails: images are large. */
    launchMinutes: z.number().min(1).max(120).default(10),
  })
  .refine((one) => one.url ?? (one.registry && one.resourceId), "it needs a url, or a registry and a resourceId");
export type PlatformConfig = z.output<typeof platform>;

const config = z
  .strictObject({ providers: z.array(providerConfig).default([]), platforms: z.array(platform).default([]) })
  .superRefine(({ providers, platforms }, context) => {
    for (const [kind, all] of Object.entries({ providers, platforms })) {
      for (const [at, one] of all.entries()) {
        if (all.findIndex((other) => other.name === one.name) === at) continue;
        context.addIssue({
          code: "custom",
          path: [kind, at, "name"],
          message: `there are two of the name ${one.name}`,
        });
      }
    }
    for (const [at, one] of providers.entries()) {
      if (one.kind !== "oidc" || !one.apiAudience?.includes(one.clientId)) continue;
      const message = "it must not be the clientId: ID tokens have that audience, and an ID token is no access token";
      context.addIssue({ code: "custom", path: ["providers", at, "apiAudience"], message });
    }
    for (const [at, { provider }] of platforms.entries()) {
      if (providers.some((one) => one.name === provider)) continue;
      context.addIssue({
        code: "custom",
        path: ["platforms", at, "provider"],
        message: `there is no provider ${provider}`,
      });
    }
  });
export type Config = z.output<typeof config>;

/** What is wrong with the file, in a sentence that names the place. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

let kept: { readonly file: string; readonly config: Config } | null = null;

/**
 * The file that MERIDIAN_CONFIG names, read once a process; nothing at all without it. Throws {@link ConfigError} for a file
 * that is not there or not right.
 */
export function readConfig(file: string | undefined = process.env.MERIDIAN_CONFIG): Config {
  if (!file) return { providers: [], platforms: [] };
  if (kept?.file !== file) kept = { file, config: parseConfig(readText(file), file) };
  return kept.config;
}

/** The provider of that name; undefined when it is not configured (any more). */
export const providerNamed = (name: string | null): ProviderConfig | undefined =>
  readConfig().providers.find((one) => one.name === name);

export function parseConfig(text: string, file: string): Config {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${file} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  const read = config.safeParse(json);
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path: at, message }) => `${at.join(".") || "the whole"}: ${message}`);
  throw new ConfigError(`${file} cannot be used. ${lines.join("; ")}.`);
}

/** A provider's secret, from where the configuration says it is; null for a public client. */
export function secretOf(where: z.output<typeof secret> | undefined): string | null {
  if (where === undefined) return null;
  if ("file" in where) return readText(where.file).trim();
  const value = process.env[where.variable];
  if (!value) throw new ConfigError(`The variable ${where.variable}, which holds a client's secret, is not set.`);
  return value;
}

function readText(file: string): string {
  try {
    return readFileSync(/* turbopackIgnore: true */ path.resolve(/* turbopackIgnore: true */ file), "utf8");
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
