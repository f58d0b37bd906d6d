import { expect, test } from "vitest";
import { kinds } from "../standard/kinds.ts";
import { inWords } from "../standard/message.ts";
import { planRequest } from "./plan-request.ts";
import { readRequest } from "./read-request.ts";

const NOW = Date.UTC(2026, 10, 26, 13);
const platform = {
  title: "this machine",
  settings: {},
  launchSeconds: 600,
  prepareSeconds: 120,
  slotMinutes: 60,
  windowHours: 24,
  limit: { cores: 4, memoryGiB: 8, gpus: 0 },
  choices: null,
  onlyNotebooks: true,
};

const planned = (data: object[]) => {
  const read = readRequest({
    executable: { kind: kinds.executable.jupyterNotebook, location: "https://example.org/fit.ipynb" },
    data,
    compute: {
      kind: kinds.compute.simple,
      volumes: [{ kind: kinds.volume.simple, path: "in", resource: "m31" }],
    },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return planRequest(read.value, platform, NOW);
};
const m31 = { kind: kinds.data.simple, meta: { name: "m31" }, location: "https://example.org/m31.fits" };

test("what a request brings with it is part of what is run", () => {
  expect(planned([m31]).requests[0]?.executable).toEqual({
    type: "notebook",
    image: null,
    notebook: "https://example.org/fit.ipynb",
    files: [expect.objectContaining({ name: "m31", path: "in/m31.fits", urls: [m31.location] })],
    folders: ["in"],
  });
});

test("what cannot be brought is a NO with the reason", () => {
  const { requests, messages } = planned([{ ...m31, location: "ftp://example.org/m31.fits" }]);
  expect(requests).toEqual([]);
  expect(messages.map(inWords).join()).toContain("not “ftp://example.org/m31.fits”");
});
