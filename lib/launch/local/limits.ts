import { type Resources, resourceInWords } from "#lib/booking/resources.ts";

/** What this machine offers to hold sessions to what they booked. */
export interface Machine {
  readonly system: string;
  /** The numbers of the cores we may use; empty where the system does not tell. */
  readonly cores: readonly number[];
  readonly hasTaskset: boolean;
  /** A folder of the cgroup file system below which we may make groups, and what can be limited there. */
  readonly cgroup: { readonly path: string; readonly memory: boolean; readonly cpu: boolean } | null;
}

/** How one limit is kept: `wall`, it cannot be passed; `guard`, it stops accidents; `advice`, programs are told. */
export interface Enforcement {
  readonly resource: keyof Resources;
  readonly kind: "wall" | "guard" | "advice";
  /** One sentence for the README and for the page. */
  readonly sentence: string;
}

/** What of a session's size is really enforced on `machine`, and how firmly. */
export function whatIsEnforced(resources: Resources, machine: Machine): readonly Enforcement[] {
  return [coresEnforced(resources, machine), memoryEnforced(resources, machine), gpusEnforced(resources)];
}

function coresEnforced(resources: Resources, { cgroup, cores, hasTaskset }: Machine): Enforcement {
  const words = resourceInWords("cores", atLeastOne(resources.cores));
  if (cgroup?.cpu) {
    return { resource: "cores", kind: "wall", sentence: `All programs of the session together get ${words}.` };
  }
  if (hasTaskset && cores.length > 0) {
    const all = atLeastOne(resources.cores) >= cores.length;
    const sentence = all
      ? `The session may use all ${resourceInWords("cores", cores.length)} of this machine.`
      : `The session's programs run on ${words}, the least used of the machine; other sessions may share them.`;
    return { resource: "cores", kind: "guard", sentence };
  }
  return {
    resource: "cores",
    kind: "advice",
    sentence: `Numerical libraries are told to use ${words}; other programs may take more.`,
  };
}

function memoryEnforced(resources: Resources, { cgroup, system }: Machine): Enforcement {
  const words = resourceInWords("memoryGiB", atLeastOne(resources.memoryGiB));
  if (cgroup?.memory) {
    return {
      resource: "memoryGiB",
      kind: "wall",
      sentence: `All programs of the session together get ${words}; a notebook that takes more is ended.`,
    };
  }
  if (system === "linux") {
    return {
      resource: "memoryGiB",
      kind: "guard",
      sentence: `Each notebook may take ${words}; asking for more is a MemoryError. Several notebooks are not added up.`,
    };
  }
  return { resource: "memoryGiB", kind: "advice", sentence: "Memory is counted when booking, but not limited here." };
}

function gpusEnforced({ gpus }: Resources): Enforcement {
  return {
    resource: "gpus",
    kind: "advice",
    sentence:
      gpus === 0
        ? "GPUs are hidden from the session (CUDA_VISIBLE_DEVICES)."
        : "The session sees all GPUs of this machine; how many it takes is not limited.",
  };
}

/** A session that booked none of something still needs some to run at all. */
const atLeastOne = (amount: number) => Math.max(1, amount);

/** How a session is started so that it keeps to `resources`. */
export interface Limits {
  readonly environment: Readonly<Record<string, string>>;
  /** Shell lines to run before the server replaces the shell. */
  readonly shell: readonly string[];
  /** To be put in front of the server's command. */
  readonly wrapper: readonly string[];
}

const threadCounts = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "NUMEXPR_NUM_THREADS",
  "NUMBA_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "BLIS_NUM_THREADS",
  "POLARS_MAX_THREADS",
  "RAYON_NUM_THREADS",
  "JULIA_NUM_THREADS",
];

/**
 * `busy`: the cores that each living session is bound to.
 *
 * Memory without a cgroup: RLIMIT_DATA counts what a process really asked for (heap, private mappings). RLIMIT_AS would
 * also count reserved addresses, mapped files and libraries, and stops programs that use little. Both hold per process, and root could lift them: a guard rail, not a wall.
 */
export function limitsFor(resources: Resources, machine: Machine, busy: readonly (readonly number[])[]): Limits {
  const cores = atLeastOne(resources.cores);
  const shell: string[] = [];
  if (machine.system === "linux") {
    // When memory runs out, Linux should end notebooks, not Meridian's database.
    shell.push("{ echo 500 > /proc/self/oom_score_adj; } 2>/dev/null || :");
    if (!machine.cgroup?.memory) shell.push(`ulimit -d ${atLeastOne(resources.memoryGiB) * 1024 * 1024}`);
  }
  const bind = machine.hasTaskset && !machine.cgroup?.cpu && cores < machine.cores.length;
  return {
    environment: {
      ...Object.fromEntries(threadCounts.map((name) => [name, String(cores)])),
      ...(resources.gpus === 0 ? { CUDA_VISIBLE_DEVICES: "" } : {}),
    },
    shell,
    wrapper: bind ? ["taskset", "-c", leastUsed(machine.cores, busy, cores).join(",")] : [],
  };
}

/** `count` of `cores`: those that the fewest sessions are bound to, the lowest numbers first. */
export function leastUsed(cores: readonly number[], busy: readonly (readonly number[])[], count: number): number[] {
  const uses = (core: number) => busy.filter((session) => session.includes(core)).length;
  return [...cores]
    .sort((a, b) => uses(a) - uses(b) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}
