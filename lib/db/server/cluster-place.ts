import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import {
  chmod,
  cp,
  lstat,
  mkdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { type Account, reaches, runs } from "./postgres-account.ts";
import { type Binaries, binariesIn } from "./postgres-binaries.ts";

/** Where root's databases go when the system user `postgres` cannot get to the folder that was asked for. */
const ELSEWHERE = "/var/lib/meridian";

/**
 * Where the cluster of `folder` is: inside it; or, when we are root and the account cannot get there (a clone under
 * /root), below /var/lib/meridian with a link to it.
 */
export async function clusterPlace(folder: string, account: Account, say: (line: string) => void): Promise<string> {
  // Passing through is all the account needs here; what lies in the folder stays ours.
  await mkdir(folder, { recursive: true, mode: account ? 0o711 : 0o700 });
  const wanted = path.join(await realpath(folder), "cluster");
  if (account) await chmod(folder, 0o711);
  const linked = (await lstat(wanted).catch(() => null))?.isSymbolicLink() ? await readlink(wanted) : null;
  if (linked && (await isFor(linked, wanted))) return linked;
  if (linked) await rm(wanted);
  if (!account || existsSync(wanted) || reaches(account, folder)) {
    if (account && !reaches(account, folder)) {
      throw new Error(
        `The system user \`postgres\` cannot get to its database in ${folder}: a folder above is closed.`,
      );
    }
    return wanted;
  }
  const hash = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  const place = path.join(ELSEWHERE, hash, "cluster");
  await mkdir(path.dirname(place), { recursive: true, mode: 0o711 });
  await writeFile(ownerFile(place), wanted);
  await symlink(place, wanted);
  say(`the system user postgres cannot get to ${folder}, so the database is in ${path.dirname(place)}`);
  return place;
}

const ownerFile = (place: string) => path.join(path.dirname(place), "used-by");

/** A copied data folder brings a link to the database of the original with it: that one must not be shared. */
async function isFor(place: string, wanted: string): Promise<boolean> {
  const owner = await readFile(ownerFile(place), "utf8").catch(() => null);
  if (owner === wanted) return true;
  if (owner === null || existsSync(path.dirname(owner))) return false;
  await writeFile(ownerFile(place), wanted); // the data folder was moved, not copied
  return true;
}

/** The binaries, copied once to a place where the account can run them when it cannot where they are. */
export async function runnableBinaries(
  binaries: Binaries,
  account: Account,
  say: (line: string) => void,
): Promise<Binaries> {
  if (!account || runs(account, binaries.postgres)) return binaries;
  const { version } = JSON.parse(await readFile(path.join(binaries.root, "..", "package.json"), "utf8"));
  const copied = binariesIn(path.join(ELSEWHERE, `postgresql-${version}`));
  if (runs(account, copied.postgres)) return copied;
  say(`the system user postgres cannot run ${binaries.postgres}, so PostgreSQL is copied to ${copied.root}`);
  const unfinished = `${copied.root}.${process.pid}`;
  await mkdir(ELSEWHERE, { recursive: true, mode: 0o711 });
  await cp(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
  await chmod(unfinished, 0o755);
  await rm(copied.root, { recursive: true, force: true });
  await rename(unfinished, copied.root);
  if (!runs(account, copied.postgres)) {
    throw new Error(
      `The system user \`postgres\` cannot run ${copied.postgres}. Set DATABASE_URL to use another server.`,
    );
  }
  return copied;
}
