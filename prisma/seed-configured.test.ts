import { readFileSync } from "node:fs";
import { PrismaPg } from "@prisma/adapter-pg";
import { expect, inject, test } from "vitest";
import { parseConfig } from "#lib/config.ts";
import { PrismaClient } from "#lib/db/generated/client.ts";
import { readEnvironment } from "#lib/env.ts";
import { type Discover, seedConfigured } from "./seed-configured.ts";

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: inject("databaseUrl") }) });
const env = readEnvironment({ MERIDIAN_DATA: "/nowhere" });
let made = 0;

/** A configuration with one platform of a name that no other test has. */
function config(more: Record<string, unknown> = {}) {
  const name = more.name ?? `p${process.pid}-${++made}`;
  const platform = {
    kind: "canfar",
    name,
    title: "CANFAR",
    provider: "sky",
    url: "https://canfar.example.org/skaha",
    size: { cores: 8, memoryGiB: 32 },
    newcomers: { project: `${name}-people`, title: "People", cores: 4, memoryGiB: 16 },
    ...more,
  };
  const provider = { kind: "oidc", name: "sky", title: "Sky", issuer: "https://iam.example.org/", clientId: "m" };
  return {
    name: String(name),
    config: parseConfig(JSON.stringify({ providers: [provider], platforms: [platform] }), "x"),
  };
}

const nobody: Discover = async () => {
  throw new Error("The registry does not answer.");
};
async function seed(parsed: ReturnType<typeof config>, discover: Discover = nobody) {
  const said: string[] = [];
  await seedConfigured(prisma, { config: parsed.config, env, discover, say: (line) => said.push(line) });
  const platform = await prisma.platform.findUniqueOrThrow({
    where: { name: parsed.name },
    include: { accounts: true },
  });
  return { platform, said };
}

test("a new platform has its size, its sign-in and the project of its newcomers; at the next start nothing changes", async () => {
  const wanted = config();
  const { platform } = await seed(wanted);
  expect(platform).toMatchObject({
    kind: "canfar",
    provider: "sky",
    settings: { url: "https://canfar.example.org/skaha" },
    launchSeconds: 600,
    slotMinutes: 60,
  });
  expect(platform.accounts.map(({ kind, limitCores }) => [kind, limitCores]).sort()).toEqual([
    ["platform", 8],
    ["project", 8],
  ]);
  expect((await seed(wanted)).platform).toEqual(platform);
});

test("a new address and title are taken over; limits that an administrator changed stay", async () => {
  const wanted = config();
  const { platform } = await seed(wanted);
  await prisma.account.updateMany({ where: { platformId: platform.id, kind: "platform" }, data: { limitCores: 3 } });
  const moved = config({ name: wanted.name, title: "CANFAR West", url: "https://west.example.org/skaha" });
  const again = await seed(moved);
  expect(again.platform).toMatchObject({
    id: platform.id,
    title: "CANFAR West",
    settings: { url: "https://west.example.org/skaha" },
  });
  expect(again.platform.accounts.find(({ kind }) => kind === "platform")?.limitCores).toBe(3);
});

test("without an address it is found in the registry; when that is down, where it was found last time", async () => {
  const wanted = config({
    url: undefined,
    registry: "https://reg.example.org/reg",
    resourceId: "ivo://example.org/skaha",
  });
  await expect(seed(wanted)).rejects.toThrow(
    /could not be found: The registry does not answer\. Give its url instead\./,
  );
  const asked: unknown[] = [];
  const first = await seed(wanted, async (where) => {
    asked.push([where.registry.href, where.resourceId]);
    return new URL("https://found.example.org/skaha");
  });
  expect(asked).toEqual([["https://reg.example.org/reg", "ivo://example.org/skaha"]]);
  expect(first.platform.settings).toEqual({ url: "https://found.example.org/skaha" });
  const later = await seed(wanted);
  expect(later.platform.settings).toEqual({ url: "https://found.example.org/skaha" });
  expect(later.said).toEqual([expect.stringContaining("where it was found last time")]);
});

test("a platform of another kind by that name is left alone, and that is said", async () => {
  const wanted = config();
  await prisma.platform.create({
    data: { id: crypto.randomUUID(), name: wanted.name, title: "x", kind: "local", slotMinutes: 60, windowHours: 24 },
  });
  await expect(seed(wanted)).rejects.toThrow("is a platform of kind local already");
});

test("authorities are read from their file, and a file that is not there is named", async () => {
  await expect(seed(config({ authorities: "/nowhere/ca.pem" }))).rejects.toThrow("/nowhere/ca.pem");
  const file = `${import.meta.dirname}/migrations/migration_lock.toml`;
  const { platform } = await seed(config({ authorities: file }));
  expect(platform.settings).toMatchObject({ authorities: readFileSync(file, "utf8") });
});
