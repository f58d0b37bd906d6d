import { expect, test } from "vitest";
import { startTrouble } from "./events.ts";

const table = (...lines: string[]) =>
  ["TYPE      REASON    MESSAGE    FIRST-TIME    LAST-TIME", ...lines, ""].join("\n");

test("an image that cannot be pulled is found, also when only the message says so", () => {
  const pulled = table(
    "Normal    Scheduled           Successfully assigned                  2026-08-10    2026-08-10",
    "Warning   Failed              Error: ErrImagePull                    2026-08-10    2026-08-10",
    "Warning   ImagePullBackOff    Back-off pulling image “x/y:latest”    2026-08-10    2026-08-10",
  );
  expect(startTrouble(pulled)).toEqual({ kind: "image", message: "Back-off pulling image “x/y:latest”", times: 2 });
});

test("no room is told, and an image that cannot be pulled is worse than no room", () => {
  const full = "Warning   FailedScheduling    0/12 nodes are available    2026-08-10    2026-08-10";
  expect(startTrouble(table(full))).toEqual({ kind: "no room", message: "0/12 nodes are available", times: 1 });
  const both = table(full, "Warning   Failed    Error: ErrImagePull    2026-08-10    2026-08-10");
  expect(startTrouble(both)?.kind).toBe("image");
  const killed = table("Warning   OOMKilling    Memory cgroup out of memory    2026-08-10    2026-08-10");
  expect(startTrouble(killed)?.kind).toBe("out of memory");
});

test("what came before a container began is over", () => {
  const failed = "Warning   Failed    Error: ImagePullBackOff    2026-08-10    2026-08-10";
  const started = "Normal    Started   Started container m-1      2026-08-10    2026-08-10";
  expect(startTrouble(table(failed, started))).toBeNull();
  expect(startTrouble(table(started, failed))?.kind).toBe("image");
});

test.each([
  ["nothing", ""],
  ["no events", "<none>\n"],
  ["ordinary events", table("Normal    Pulled    Container image “a” already present    2026    2026")],
  ["a word that only contains one", table("Normal    Pulled    ErrImagePullers is a fine name    2026    2026")],
])("%s is no trouble", (_what, text) => {
  expect(startTrouble(text)).toBeNull();
});
