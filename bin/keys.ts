import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * A random key of 32 bytes, made once an installation and kept in a file that only its owner can read. Losing `vault.key`
 * loses what was encrypted with it, so a file that exists is never overwritten.
 */
export function keptKey(data: string, name: "auth.secret" | "vault.key"): string {
  const file = path.join(data, name);
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
  try {
    linkSync(beside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(beside, { force: true });
  }
  return readFileSync(file, "utf8").trim();
}
