import { kinds } from "#lib/api/standard/kinds.ts";
import type { Example } from "./document.ts";

/** Requests to begin with. */
export const requestExamples = {
  notebook: {
    summary: "A notebook for an hour",
    value: {
      executable: { kind: kinds.executable.jupyterNotebook, location: "https://example.org/fit.ipynb" },
      compute: { kind: kinds.compute.simple, cores: { min: 2 }, memory: { min: 4 } },
      schedule: { requested: { duration: "PT1H", start: "2026-12-01T08:00:00Z/PT12H" } },
    },
  },
  container: {
    summary: "A container image, as soon as there is room, with data",
    value: {
      meta: { name: "line-fit" },
      executable: {
        kind: kinds.executable.dockerContainer,
        image: { locations: ["images.canfar.net/skaha/astroml:latest"] },
      },
      compute: {
        kind: kinds.compute.simple,
        cores: { min: 1, max: 4 },
        memory: { min: 4, max: 16 },
        volumes: [{ kind: kinds.volume.simple, path: "data/spectra", mode: "READONLY", resource: "spectra" }],
      },
      data: [{ kind: kinds.data.simple, meta: { name: "spectra" }, location: "https://example.org/spectra.fits" }],
      schedule: { requested: { duration: "PT2H" } },
    },
  },
} as const satisfies Record<string, Example>;

const toPhase = (summary: string, value: string): Example => ({
  summary,
  value: { kind: kinds.updates.enumValue, path: "/phase", value },
});

/** Updates of a session. */
export const updateExamples = {
  accept: toPhase("Accept the offer", "ACCEPTED"),
  reject: toPhase("Give the offer back", "REJECTED"),
  cancel: toPhase("Cancel the session", "CANCELLED"),
  extend: {
    summary: "Add a slot at its end",
    value: { kind: kinds.updates.integerDelta, path: "/schedule/available/duration", delta: 1, units: "slots" },
  },
} as const satisfies Record<string, Example>;
