import { expect, test } from "vitest";
import { makeUniverse, NOW, slotIn } from "#lib/testing/universe.ts";
import { applyLimitChange, previewLimitChange } from "./change-limits.ts";
import { readAccounts } from "./read-accounts.ts";

const accountsOfPlatform = async (name: string) =>
  (await readAccounts({ now: NOW })).find(({ platform }) => platform.name === name)?.accounts ?? [];

test("an administrator sees the platform first, then its projects, then its people by name", async () => {
  const { platform, people } = await makeUniverse({ people: 2 });
  const accounts = await accountsOfPlatform(platform.name);
  expect(accounts.map(({ kind }) => kind)).toEqual(["platform", "project", "user", "user"]);
  expect(accounts.slice(2).map(({ owner }) => owner.name)).toEqual(people.map(({ name }) => name).toSorted());
  expect(accounts[0]?.limits).toMatchObject({ cores: 8, coreHours: null });
  expect(accounts[0]?.slots).toEqual([]);
});

test("a slot that is closed after the window is seen too, so that it can be opened again", async () => {
  const { platform } = await makeUniverse();
  const [account] = await accountsOfPlatform(platform.name);
  const close = { from: slotIn(72), until: slotIn(73), reason: "New disks" };
  const change = { accountId: account?.id ?? "", close, policy: "keep" } as const;
  const preview = await previewLimitChange(change, NOW);
  if (!preview.ok) throw new Error(preview.error[0]?.sentence);
  const admin = { name: "admin" };
  expect((await applyLimitChange({ change, seen: preview.value.seen, why: "", admin, now: NOW })).ok).toBe(true);
  const [after] = await accountsOfPlatform(platform.name);
  expect(after?.slots.map(({ start, closed }) => [start, closed])).toEqual([[slotIn(72), "New disks"]]);
});
