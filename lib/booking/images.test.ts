import { expect, test } from "vitest";
import type { PlatformChoices } from "./choices.ts";
import { executableTypes } from "./executable.ts";
import { firstImage, imagesFor, shortImage, wholeImage } from "./images.ts";

const images = [
  { id: "images.canfar.net/skaha/zoo:1", types: ["notebook"] },
  { id: "images.canfar.net/other/astroml:latest", types: ["notebook"] },
  { id: "images.canfar.net/skaha/astroml:latest", types: ["notebook", "headless"] },
  { id: "images.canfar.net/mine/viewer:2", types: ["carta"] },
];
const one: PlatformChoices = {
  types: executableTypes,
  images,
  registries: ["images.canfar.net"],
  cores: [],
  memoryGiB: [],
  gpus: [],
  mostSessions: null,
};
const two = { ...one, registries: ["images.canfar.net", "registry.example.org:5000"] };

test("where there is one host only, images are named without it, as they were typed or not", () => {
  const whole = "images.canfar.net/skaha/astroml:latest";
  expect(shortImage(whole, one)).toBe("skaha/astroml:latest");
  expect(wholeImage(" skaha/astroml:latest ", one)).toBe(whole);
  expect(wholeImage(whole, one)).toBe(whole);
  for (const { id } of images) expect(wholeImage(shortImage(id, one), one)).toBe(id);
});

test("where there are several hosts, or none is known, nothing is left out and nothing added", () => {
  for (const choices of [two, null]) {
    expect(shortImage("images.canfar.net/a/b:1", choices)).toBe("images.canfar.net/a/b:1");
    expect(wholeImage("a/b:1", choices)).toBe("a/b:1");
  }
});

test("another host stays as it was typed, so that it can be refused", () => {
  for (const typed of ["docker.io/a/b:1", "registry:5000/a/b", "localhost/a"])
    expect(wholeImage(typed, one)).toBe(typed);
  expect(shortImage("images.canfar.net.example.org/a/b", one)).toBe("images.canfar.net.example.org/a/b");
  expect(wholeImage("", one)).toBe("");
});

test("a type starts with the usual image of the usual project, else with its first", () => {
  expect(firstImage("notebook", one)).toBe("images.canfar.net/skaha/astroml:latest");
  expect(firstImage("headless", one)).toBe("images.canfar.net/skaha/astroml:latest");
  expect(firstImage("carta", one)).toBe("images.canfar.net/mine/viewer:2");
  expect(firstImage("desktop", one)).toBe("");
  expect(firstImage("notebook", null)).toBe("");
});

test("the images of a type come by name", () => {
  expect(imagesFor("notebook", one)).toEqual([
    "images.canfar.net/other/astroml:latest",
    "images.canfar.net/skaha/astroml:latest",
    "images.canfar.net/skaha/zoo:1",
  ]);
});
