import type { JsonObject } from "#lib/api/media/json-value.ts";
import { kinds } from "#lib/api/standard/kinds.ts";
import type { Random } from "#lib/testing/random.ts";

const HOUR = 3_600_000;

/** A request as a client would make it: often one that can be had, sometimes too big, too late, or for another platform. */
export function plausibleRequest(random: Random, now: number): JsonObject {
  const often = (value: JsonObject): JsonObject => (random.oneIn(2) ? value : {});
  return {
    ...often({ meta: { name: `run ${random.between(1, 9)} <&"' ü😀`, description: "a: b # c\n- d" } }),
    executable: executable(random),
    ...often({ compute: compute(random) }),
    ...often({ schedule: { requested: schedule(random, now) } }),
    ...(random.oneIn(12) ? withData(random) : {}),
    ...(random.oneIn(8) ? bounds(random) : {}),
  };
}

function executable(random: Random): JsonObject {
  if (!random.oneIn(4)) {
    const location: JsonObject = random.oneIn(3) ? { location: "https://example.org/fit.ipynb" } : {};
    return { kind: kinds.executable.jupyterNotebook, ...location };
  }
  if (random.oneIn(4)) return { kind: kinds.executable.singularityContainer, location: "library://a/b" };
  return {
    kind: kinds.executable.dockerContainer,
    image: { locations: ["images.example.org/skaha/astroml:latest"] },
    ...(random.oneIn(3) ? { command: ["fit.py", "--all"] } : {}),
    ...(random.oneIn(3) ? { environment: { MODE: "fast", EMPTY: "" } } : {}),
    ...(random.oneIn(5) ? { network: { ports: [{ access: true, internal: { port: 8080 }, protocol: "HTTP" }] } } : {}),
  };
}

function compute(random: Random): JsonObject {
  const most = random.oneIn(6) ? 4_000 : 8;
  const range = (least: number): JsonObject => {
    const min = random.between(least, most);
    return random.oneIn(2) ? { min } : { min, max: min + random.between(0, 8) };
  };
  return {
    kind: kinds.compute.simple,
    cores: range(1),
    ...(random.oneIn(2) ? { memory: range(1) } : {}),
    ...(random.oneIn(6) ? { gpus: { min: random.between(0, 1) } } : {}),
  };
}

function schedule(random: Random, now: number): JsonObject {
  const isUsual = !random.oneIn(4);
  const hours = isUsual ? random.between(0, 20) : random.between(-30, 50);
  const span = random.pick(isUsual ? ["PT2H", "P1D"] : ["PT0S", "P1M"]);
  const durations = isUsual ? ["PT1H", "PT1H", "PT30M", "PT2H", "PT90M"] : ["P1D", "P1W", "PT20H"];
  return {
    duration: random.pick(durations) ?? "PT1H",
    ...(random.oneIn(2) ? { start: `${new Date(now + hours * HOUR).toISOString()}/${span}` } : {}),
  };
}

function withData(random: Random): JsonObject {
  const name = random.pick(["spectra", "a b", "ü"]) ?? "";
  return {
    data: [{ kind: kinds.data.simple, meta: { name }, location: "https://example.org/a.fits", storage: "disk" }],
    storage: [{ kind: kinds.storage.simple, meta: { name: "disk" }, size: { min: 1 }, data: [name] }],
  };
}

const bounds = (random: Random): JsonObject => ({
  costs: [{ kind: kinds.cost.simple, type: "urn:ivoa:calycopis:cost:energy", max: random.between(0, 3) }],
  metrics: [
    { kind: kinds.metric.simple, type: "urn:ivoa:calycopis:metric:compute-performance", min: random.between(0, 30) },
  ],
});
