import { expect, test } from "vitest";
import type { Launcher } from "#lib/launch/launcher.ts";
import { launcherFor, launcherKinds, provideLauncher } from "#lib/launch/registry.ts";

const nobody = { actFor: () => Promise.reject(new Error("nobody acts")), people: async () => [] };
const settings = { url: "http://127.0.0.1:1/skaha" };
const of = (kind: string, id = "1", more = settings) =>
  launcherFor({ id, kind, settings: more }, nobody, { data: "/nowhere" });

test("two platforms of a kind have a launcher each, the same one each time; a new address makes a new one", () => {
  expect(of("canfar", "1")).toBe(of("canfar", "1"));
  expect(of("canfar", "1")).not.toBe(of("canfar", "2"));
  expect(of("canfar", "1")).not.toBe(of("canfar", "1", { url: "http://127.0.0.1:2/skaha" }));
});

test("settings that are not those of the kind are refused", () => {
  expect(() => of("canfar", "1", {} as typeof settings)).toThrow(/url/);
});

test("every kind that is listed has a launcher, which calls itself by that name", () => {
  for (const kind of launcherKinds) expect(of(kind).kind).toBe(kind);
});

test("an unknown kind is named, with those that there are", () => {
  expect(() => of("toString")).toThrow(/“toString”; known are: local, canfar/);
});

test("a launcher that a test provides is the one of its kind", () => {
  const launcher = { kind: "of a test" } as Launcher;
  provideLauncher(launcher);
  expect(of("of a test")).toBe(launcher);
});
