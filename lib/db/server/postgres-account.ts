import { execFileSync, spawnSync } from "node:child_process";

/** The system user that runs PostgreSQL; `undefined` is ourselves. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

/** PostgreSQL refuses to run as root, so root needs the system user `postgres`, which is made when missing. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known) return known;
  run("groupadd", "--system", "postgres");
  run("useradd", "--system", "-g", "postgres", "-d", "/nonexistent", "-s", "/usr/sbin/nologin", "postgres");
  const made = lookUp();
  if (!made) {
    throw new Error(
      "PostgreSQL does not run as root, and the system user `postgres` could not be made. Start Meridian as another user.",
    );
  }
  return made;
}

/** Whether the account gets to `folder`, through every folder above it. Tried, not computed: modes are not all there is. */
export function reaches(account: Account, folder: string): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

/** Whether the account may run this program. */
export function runs(account: Account, program: string): boolean {
  return spawnSync(program, ["--version"], { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

function lookUp(): Account {
  const ids = ["-u", "-g"].map((which) => spawnSync("id", [which, "postgres"], { encoding: "utf8" }));
  if (ids.some(({ status }) => status !== 0)) return undefined;
  const [uid, gid] = ids.map(({ stdout }) => Number(stdout));
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function run(program: string, ...args: string[]): void {
  try {
    execFileSync(program, args, { stdio: "ignore" });
  } catch {
    // Somebody may have made it meanwhile: the look-up afterwards decides.
  }
}
