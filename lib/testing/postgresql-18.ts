import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { prepareDatabase } from "#lib/db/prepare.ts";
import { startEmbeddedServer } from "#lib/db/server/embedded-server.ts";

/** A new embedded server for this run, beside any Meridian that may be running. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "meridian-test-"));
  const server = await startEmbeddedServer({ folder, say: () => undefined, durable: false });
  await prepareDatabase({ url: server.url, say: () => undefined });
  project.provide("databaseUrl", server.url);
  return () => server.discard();
}

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
  }
}
