import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Steps on a real PostgreSQL. */
const steps = [
  "app/api/broker/**/*.test.ts",
  "lib/broker/**/*.test.ts",
  "lib/db/*.test.ts",
  "lib/credentials/act-for.test.ts",
  "lib/auth/caller.test.ts",
  "prisma/*.test.ts",
];
/** Steps on a real PostgreSQL with a real Jupyter. */
const live = ["lib/**/*.live.test.ts", "e2e/skaha/**/*.live.test.ts"];
/** Real servers: Jupyter, PostgreSQL's own starts and stops, ports, the simulator. */
const servers = [
  "lib/launch/**/*.test.ts",
  "lib/credentials/cadc*.test.ts",
  "lib/auth/cadc*.test.ts",
  "lib/auth/oidc-token.test.ts",
  "lib/credentials/oidc.test.ts",
  "lib/db/**/*server.test.ts",
  "bin/**/*.test.ts",
  "e2e/skaha/**/*.test.ts",
  "e2e/oidc/**/*.test.ts",
];

/** Much at once or much time, on a real PostgreSQL. */
const long = ["lib/testing/race/*.test.ts", "lib/scheduler/replay.test.ts"];

const project = (name: string, include: string[], more: object = {}) => ({
  test: {
    name,
    include,
    exclude: ["node_modules/**", ".next/**"],
    // A zone that is 5 h 45 min off: a forgotten zone fails.
    env: { TZ: "Asia/Kathmandu" },
    // Generous: a busy machine is no failure, only what never ends is.
    testTimeout: 90_000,
    ...more,
  },
});

/** What asks the database nothing that depends on its version, and takes long: on the newest only. */
const onNewest = ["app/api/broker/v1/fuzz.test.ts", "app/api/broker/v1/examples.test.ts"];

const onDatabase = (version: "18" | "15") =>
  project(`steps on PostgreSQL ${version}`, steps, {
    exclude: ["node_modules/**", ...servers, ...live, ...(version === "15" ? onNewest : [])],
    hookTimeout: 60_000,
    globalSetup: [`lib/testing/postgresql-${version}.ts`],
    setupFiles: ["lib/testing/use-database.ts"],
  });

export default defineConfig({
  test: {
    projects: [
      project("rules", ["lib/**/*.test.ts", "components/**/*.test.ts", "app/**/*.test.ts", "bench/**/*.test.ts"], {
        exclude: ["node_modules/**", ".next/**", ...steps, ...servers, ...live, ...long],
      }),
      onDatabase("18"),
      // The oldest version we support, where the machine has it (Debian 12 does).
      ...(existsSync("/usr/lib/postgresql/15/bin/initdb") ? [onDatabase("15")] : []),
      project("live sessions", live, {
        globalSetup: ["lib/testing/postgresql-18.ts"],
        setupFiles: ["lib/testing/use-database.ts"],
        testTimeout: 120_000,
        fileParallelism: false,
      }),
      project("race and replay", long, {
        globalSetup: ["lib/testing/postgresql-18.ts"],
        setupFiles: ["lib/testing/use-database.ts"],
        testTimeout: 600_000,
        fileParallelism: false,
      }),
      project("servers", servers, {
        exclude: ["node_modules/**", ".next/**", ...live],
        testTimeout: 120_000,
        hookTimeout: 600_000,
        fileParallelism: false,
      }),
    ],
  },
});
