import { expect, test } from "vitest";
import type { Launcher } from "#lib/launch/launcher.ts";
import { launcherFor, launcherKinds, provideLauncher } from "#lib/launch/registry.ts";

test("every kind that is listed has a launcher, which calls itself by that name", () => {
  for (const kind of launcherKinds) expect(launcherFor(kind, { data: "/nowhere" }).kind).toBe(kind);
});

test("an unknown kind is named, with those that there are", () => {
  expect(() => launcherFor("toString", { data: "/nowhere" })).toThrow(/“toString”; known are: local/);
});

test("a launcher that a test provides is the one of its kind", () => {
  const launcher = { kind: "of a test" } as Launcher;
  provideLauncher(launcher);
  expect(launcherFor("of a test", { data: "/nowhere" })).toBe(launcher);
});
