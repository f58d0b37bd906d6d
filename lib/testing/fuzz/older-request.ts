import type { JsonObject } from "#lib/api/media/json-value.ts";
import type { Random } from "#lib/testing/random.ts";

const TYPES = "https://www.purl.org/ivoa.net/EB/schema/types";

/** A request in shapes that were in use before version 1.0 (lib/api/normalise), with some of their parts left out. */
export function olderRequest(random: Random): JsonObject {
  const request = Object.fromEntries(Object.entries(parts(random)).filter(() => !random.oneIn(4)));
  return random.oneIn(3) ? { request } : request;
}

const parts = (random: Random): JsonObject => ({
  name: "spectra",
  executable: {
    name: "notebook",
    type:
      random.pick([`${TYPES}/executables/jupyter-notebook-1.0`, "urn:jupyter-notebook", "urn:docker-container"]) ?? "",
    spec: { notebook: "https://example.org/spectra.ipynb" },
    image: random.pick<JsonObject | string>(["astropy:1", { location: "astropy:1" }, { locations: "astropy:1" }]) ?? "",
  },
  [random.oneIn(2) ? "computer" : "resources"]: {
    type: `${TYPES}/computer/simple-compute-resource-1.0`,
    compute: [{ cores: 2 }],
    cores:
      random.pick<JsonObject | string | number>([{ requested: { min: 4 } }, { requested: 2 }, "2", 3, "4 cores"]) ?? 1,
    memory:
      random.pick<JsonObject | string>([
        { requested: "16GiB" },
        { min: "4 GB", max: "1 TiB", units: "MiB" },
        "99999999999999999999 EiB",
        "-1GiB",
      ]) ?? "",
    volumes: ["spectra"],
  },
  volumes: [{ name: "spectra", path: "/data/", mode: "ro", resources: ["red", "blue"] }],
  data: ["red", "blue"].map((name) => ({ name, type: "urn:simple-data-resource", location: "https://example.org/" })),
  schedule: {
    requested:
      random.pick<JsonObject | JsonObject[]>([
        { duration: "PT2H", start: ["2026-09-01T20:00:00Z/PT6H", "2099-09-01T20:00:00Z/PT6H"] },
        [{ duration: { min: "PT1H", max: "PT3H" }, start: "now" }],
        { duration: "2h", start: { min: "2026-09-01", max: "2030-01-01" } },
        { duration: 60 },
      ]) ?? {},
  },
});
