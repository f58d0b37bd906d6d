import type { TestProject } from "vitest/node";
import { prepareDatabase } from "#lib/db/prepare.ts";
import { startSystemServer } from "#lib/db/server/system-server.ts";

/** A throwaway server of the machine's own PostgreSQL 15: an external database, and the oldest we support. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startSystemServer({ major: 15 });
  if (!server) throw new Error("this machine has no PostgreSQL 15, although its files are there");
  await prepareDatabase({ url: server.url, say: () => undefined });
  project.provide("databaseUrl", server.url);
  return () => server.discard();
}
