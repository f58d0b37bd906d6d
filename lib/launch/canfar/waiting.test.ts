import { expect, test } from "vitest";
import { killsIn, waitingFor } from "./waiting.ts";

const table = (...lines: [type: string, reason: string, message: string][]) =>
  [["TYPE", "REASON", "MESSAGE"], ...lines]
    .map((line) => `${line.join("   ")}   2026-08-10T15:45:00Z   2026-08-10T15:45:00Z\n`)
    .join("");
const noRoom = ["Warning", "FailedScheduling", "0/12 nodes are available"] as [string, string, string];
const scheduled = ["Normal", "Scheduled", "Successfully assigned"] as [string, string, string];
const pulling = ["Normal", "Pulling", "Pulling image “x/y:latest”"] as [string, string, string];
const pulled = ["Normal", "Pulled", "Successfully pulled image"] as [string, string, string];
const notPulled = ["Warning", "Failed", "Error: ErrImagePull"] as [string, string, string];
const killed = ["Warning", "OOMKilled", "Container ran out of memory"] as [string, string, string];

test.each([
  ["without a pod", "", null, "It waits in CANFAR's queue."],
  ["without any event and without a start", "<none>\n", null, "It waits in CANFAR's queue."],
  ["whose job began, without any event yet", "<none>\n", 0, null],
  ["for which no machine has room", table(noRoom), 0, "CANFAR has no room for it yet; it keeps trying."],
  ["that got its room after a while", table(noRoom, scheduled), 0, null],
  ["whose image is being fetched", table(noRoom, scheduled, pulling), 0, "CANFAR is fetching the image."],
  ["whose second image is", table(scheduled, pulling, pulled, pulling), 0, "CANFAR is fetching the image."],
  ["whose images are there", table(scheduled, pulling, pulled), 0, null],
  [
    "whose image was refused once",
    table(scheduled, pulling, notPulled),
    0,
    "CANFAR could not fetch the image yet; it keeps trying.",
  ],
  ["that was killed", table(scheduled, pulling, pulled, killed), 0, "It ran out of memory and was restarted."],
])("a session %s says what it waits for", (_what, events, startedAt, note) => {
  expect(waitingFor(events, startedAt).note).toBe(note);
});

test("running out of memory is a setback, waiting is none", () => {
  expect(waitingFor(table(killed), 0).isSetback).toBe(true);
  expect(waitingFor(table(noRoom), 0).isSetback).toBe(false);
});

test("what killed it before it ran again is over, until it is killed once more", () => {
  const before = table(killed);
  expect(waitingFor(before, 0, killsIn(before)).note).toBeNull();
  const again = before.replace(/15:45:00Z\n$/, "16:20:00Z\n");
  expect(waitingFor(again, 0, killsIn(before)).note).toBe("It ran out of memory and was restarted.");
});
