import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashOfSources } from "./sources.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "meridian-sources-"));
  put("app/page.tsx", "one");
  put("lib/db/client.ts", "two");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(name: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
}

test.each([
  ["a page changes", "app/page.tsx"],
  ["a rule changes", "lib/db/client.ts"],
  ["a file is new", "components/ui/dial.tsx"],
  ["the configuration changes", "next.config.mjs"],
  ["a dependency changes", "package-lock.json"],
  ["the schema changes", "prisma/schema.prisma"],
])("pages are built again when %s", (_what, file) => {
  const before = hashOfSources(root);
  put(file, "changed");
  expect(hashOfSources(root)).not.toBe(before);
});

test.each([
  ["a test changes", "lib/db/client.test.ts"],
  ["a document changes", "README.md"],
  ["the client is generated", "lib/db/generated/client.ts"],
  ["the same is saved again", "app/page.tsx"],
])("pages are not built again when %s", (_what, file) => {
  const before = hashOfSources(root);
  put(file, "one");
  expect(hashOfSources(root)).toBe(before);
});

test("a file that moves counts as a change", () => {
  const before = hashOfSources(root);
  rmSync(path.join(root, "app/page.tsx"));
  put("app/other.tsx", "one");
  expect(hashOfSources(root)).not.toBe(before);
});
