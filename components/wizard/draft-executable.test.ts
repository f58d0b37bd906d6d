import { describe, expect, test } from "vitest";
import type { CalendarView, PlatformView, SessionView } from "#lib/api/view.ts";
import type { PlatformChoices } from "#lib/booking/choices.ts";
import type { Executable } from "#lib/booking/executable.ts";
import { bookAgain } from "./book-again.ts";
import { imageText, withType } from "./draft-executable.ts";
import { firstDraft } from "./first-draft.ts";
import { checkDraft } from "./request-draft.ts";
import { readVariables } from "./variables.ts";

const start = Date.parse("2026-11-24T19:00:00Z");
const hour = 3_600_000;
const at = (name: string) => `images.canfar.net/skaha/${name}`;
const choices: PlatformChoices = {
  types: ["notebook", "carta", "headless"],
  images: [
    { id: at("astroml:latest"), types: ["notebook", "headless"] },
    { id: at("base:1"), types: ["notebook"] },
    { id: at("carta:latest"), types: ["carta"] },
  ],
  registries: ["images.canfar.net"],
  cores: [1, 2, 4],
  memoryGiB: [2, 4, 8],
  gpus: [],
  mostSessions: 3,
};
const limit = { cores: 8, memoryGiB: 32, gpus: 0 };
const canfar: PlatformView = {
  name: "canfar",
  title: "CANFAR",
  slotMinutes: 60,
  windowHours: 24,
  limit,
  onlyNotebooks: false,
  needsImage: true,
  choices,
  choicesAt: start,
  areChoicesStale: false,
  readiness: { ready: true, what: "CANFAR" },
};
const unknown: PlatformView = { ...canfar, choices: null, choicesAt: null };
const view = (platform: PlatformView) => ({ platform, slots: [] }) as unknown as CalendarView;
const asked = (address: string) => {
  const form = new URLSearchParams(address);
  return Object.fromEntries(
    [...form.keys()].map((name) => [name, name === "env" ? form.getAll(name) : (form.get(name) ?? "")]),
  );
};
const draftOf = (address: string, platform = canfar) => firstDraft(view(platform), asked(address));
const requestOf = (address: string, platform = canfar) =>
  checkDraft(draftOf(address, platform), platform, { start, end: start + 24 * hour }, start);

describe("the form on a platform with choices", () => {
  test("starts with the usual image of its type and amounts that are given, and can be asked as it stands", () => {
    const checked = requestOf("");
    expect(checked.refusals).toEqual([]);
    expect(checked.request?.executable).toEqual({ type: "notebook", image: at("astroml:latest") });
    expect(imageText(draftOf(""), canfar)).toBe("skaha/astroml:latest");
  });

  test("takes the usual image as soon as the platform has said what there is", () => {
    const draft = draftOf("", unknown);
    expect(imageText(draft, unknown)).toBe("");
    expect(imageText(draft, canfar)).toBe("skaha/astroml:latest");
    expect(requestOf("", unknown).refusals).toMatchObject([
      { field: "executable", sentence: "A session on CANFAR needs an image." },
    ]);
  });

  test("keeps an image when its type changes to one that it can run as, and takes the usual one else", () => {
    const chosen = { ...draftOf(""), image: "skaha/astroml:latest" };
    expect(withType(chosen, "headless", canfar)).toEqual({ type: "headless", image: "skaha/astroml:latest" });
    expect(withType(chosen, "carta", canfar)).toEqual({ type: "carta", image: null });
    expect(withType(chosen, "carta", unknown)).toEqual({ type: "carta", image: "skaha/astroml:latest" });
  });

  test("says at each field of its own what is wrong with it, and still checks the others", () => {
    const draft = { ...draftOf("type=headless&cores=3"), environment: "TOKEN", command: "a\u0007" };
    const { refusals } = checkDraft(draft, canfar, { start, end: start + 24 * hour }, start);
    expect(refusals.map(({ field }) => field).toSorted()).toEqual(["command", "cores", "environment"]);
  });
});

describe("an address fills the form", () => {
  test("as a link of the science portal", () => {
    const link = "tab=standard&type=carta&project=skaha&image=carta:latest&name=carta1&cores=2&memory=8&gpus=0";
    expect(requestOf(link).request).toMatchObject({
      executable: { type: "carta", image: at("carta:latest") },
      resources: { cores: 2, memoryGiB: 8, gpus: 0 },
    });
  });

  test("with an image by its whole name, or with memory by its older name", () => {
    expect(draftOf(`image=${at("base:1")}&memoryGiB=4`)).toMatchObject({ image: "skaha/base:1", memoryGiB: "4" });
    expect(draftOf("type=submarine").type).toBe("notebook");
  });

  test.each<Executable>([
    { type: "notebook", image: at("base:1") },
    { type: "carta", image: at("carta:latest") },
    {
      type: "headless",
      image: at("astroml:latest"),
      command: "python",
      args: "fit.py --n=3 &x",
      environment: { A: "1", B: "two words" },
    },
  ])("so that what ran can be booked again: $type", (executable) => {
    const resources = { cores: 4, memoryGiB: 8, gpus: 0 };
    const session = { executable, resources, startsAt: start, endsAt: start + 2 * hour } as SessionView;
    const { request } = requestOf(bookAgain(session, 60).split("?")[1] ?? "");
    expect(request).toMatchObject({ executable, resources, durationSlots: 2 });
  });
});

describe("variables", () => {
  test("are lines of NAME=value", () => {
    const read = readVariables(" A=1 \n\nB = two words\nC=");
    expect(read).toEqual({ ok: true, value: { A: "1", B: "two words", C: "" } });
  });

  test.each([
    ["TOKEN", "“TOKEN” is no variable: one a line, as NAME=value."],
    ["=x", "“=x” is no variable: one a line, as NAME=value."],
    ["A=1\nA=2", "“A” stands there twice."],
  ])("%j cannot be", (text, sentence) => {
    expect(readVariables(text)).toMatchObject({ ok: false, error: { field: "environment", sentence } });
  });
});
