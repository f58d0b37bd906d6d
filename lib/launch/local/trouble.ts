import { LaunchError } from "#lib/launch/launcher.ts";

/** The file system's and the system's usual refusals: what people read, and whether waiting may help. */
const troubles: Readonly<Record<string, { readonly message: string; readonly mayPass: boolean }>> = {
  ENOSPC: { message: "The disk is full, so the notebook could not be started.", mayPass: true },
  EDQUOT: { message: "The disk quota is used up, so the notebook could not be started.", mayPass: true },
  EROFS: { message: "Meridian's data folder cannot be written to (the file system is read-only).", mayPass: false },
  EACCES: { message: "Meridian may not write to its data folder, or not run Jupyter.", mayPass: false },
  EPERM: { message: "The system does not permit Meridian to start the notebook.", mayPass: false },
  ENOTDIR: { message: "A file is in the way where Meridian needs a folder.", mayPass: false },
  EEXIST: { message: "A file is in the way where Meridian needs a folder.", mayPass: false },
  EAGAIN: { message: "The system cannot start more processes at the moment.", mayPass: true },
  ENOMEM: { message: "The machine has no memory left to start the notebook.", mayPass: true },
  EMFILE: { message: "Meridian has too many files open to start the notebook.", mayPass: true },
  ENFILE: { message: "The machine has too many files open to start the notebook.", mayPass: true },
};

/** What went wrong as a LaunchError that names the path; bugs are handed back as they are. */
export function toLaunchError(error: unknown): unknown {
  if (error instanceof LaunchError || !(error instanceof Error)) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (!code || !/^E[A-Z0-9]+$/.test(code)) return error;
  const trouble = troubles[code] ?? { message: "The notebook could not be started.", mayPass: true };
  const where = path ? ` (${code}: ${path})` : ` (${code})`;
  return new LaunchError(trouble.message + where, { mayPass: trouble.mayPass, cause: error });
}
