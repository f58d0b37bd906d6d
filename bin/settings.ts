import { existsSync } from "node:fs";
import path from "node:path";
import { ZodError } from "zod";
import { ConfigError, readConfig, secretOf } from "#lib/config.ts";
import { type Environment, readEnvironment } from "#lib/env.ts";
import { root } from "./build.ts";
import { Trouble } from "./trouble.ts";

/** Reads `.env` (what is set already wins) and the environment. Throws Trouble that names each bad value. */
export function readSettings(): Environment {
  const file = path.join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  try {
    const env = readEnvironment();
    for (const one of readConfig(env.MERIDIAN_CONFIG).providers) if (one.kind === "oidc") secretOf(one.clientSecret);
    return env;
  } catch (error) {
    if (error instanceof ConfigError) throw new Trouble(error.message);
    if (!(error instanceof ZodError)) throw error;
    const lines = error.issues.map(({ path: [name = ""], message }) => {
      const given = process.env[String(name)];
      return `${String(name)}=${given ?? ""} cannot be used: ${message}.`;
    });
    throw new Trouble(lines.join("\n"));
  }
}

/** How this machine itself reaches a server that listens on `host`. */
export function addressOf({ HOST, PORT }: Pick<Environment, "HOST" | "PORT">): string {
  const bare = HOST.replace(/^\[|\]$/g, "");
  if (bare === "0.0.0.0" || bare === "::") return `http://localhost:${PORT}`;
  return `http://${bare.includes(":") ? `[${bare}]` : bare}:${PORT}`;
}
