import { expect, test } from "vitest";
import { launcherFor, launcherKinds } from "#lib/launch/registry.ts";

test("every kind that is listed has a launcher, which calls itself by that name", () => {
  for (const kind of launcherKinds) expect(launcherFor(kind, { data: "/nowhere" }).kind).toBe(kind);
});

test("an unknown kind is named, with those that there are", () => {
  expect(() => launcherFor("toString", { data: "/nowhere" })).toThrow(/“toString”; known are: local/);
});
