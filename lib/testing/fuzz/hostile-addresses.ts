import type { Parameter } from "#lib/api/openapi/document.ts";
import { phases } from "#lib/booking/phase.ts";
import type { Random } from "#lib/testing/random.ts";
import type { KnownPlaces } from "./known-places.ts";

const noIds: readonly string[] = [
  ...[
    "018f0000-0000-7000-8000-000000000000",
    "00000000-0000-0000-0000-000000000000",
    "x",
    "%00",
    "..%2f..%2fetc",
    "null",
  ],
  ...[
    "ffffffff-ffff-8fff-ffff-ffffffffffff",
    "%F0%9F%98%80",
    "%ff",
    "x".repeat(3_000),
    "__proto__",
    "' OR 1=1 --",
    "1;2",
  ],
];

/** An identifier in an address: mostly one that something has, often a new one; else one of nothing. */
export function someId(folder: string, random: Random, known: KnownPlaces): string {
  const ids = known.of(folder);
  if (ids.length === 0 || random.oneIn(12)) return random.pick(noIds) ?? "";
  const found = random.oneIn(3) ? random.pick(ids) : random.pick(ids.slice(-6));
  return random.oneIn(20) ? (found ?? "").toUpperCase() : (found ?? "");
}

const nonsense: readonly string[] = [
  ...[
    "",
    "%00",
    "0",
    "-1",
    "101",
    "1e9",
    "NaN",
    "0x10",
    "true",
    "TRUE",
    "x".repeat(5_000),
    "%ff",
    "' OR 1=1",
    "__proto__",
  ],
  ...["2026-13-01T00:00:00Z", "2026-09-01", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "AAAA", "%F0%9F%98%80"],
];

/** What the places of a test are called. */
export interface Names {
  readonly platforms: readonly string[];
  readonly projects: readonly string[];
}

/** A query for the parameters that an operation has: some of them, mostly with values that fit. */
export function someQuery(parameters: readonly Parameter[], random: Random, known: KnownPlaces, names: Names) {
  const parts = parameters
    .filter(({ in: where, name }) => where === "query" && random.oneIn(name === "limit" ? 1.4 : 4))
    .map(({ name }) => `${name}=${random.oneIn(4) ? random.pick(nonsense) : fitting(name, random, known, names)}`);
  if (random.oneIn(30))
    parts.push(`${random.pick(["limit", "phase", "unknown", "cursor[]", ""])}=${random.pick(nonsense)}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function fitting(name: string, random: Random, known: KnownPlaces, { platforms, projects }: Names): string {
  switch (name) {
    case "platform":
      return random.pick(platforms) ?? "";
    case "phase":
      return random.pick(phases) ?? "";
    case "from":
      return "2020-01-01T00:00:00Z";
    case "to":
      return "2099-01-01T00:00:00%2B01:00";
    case "limit":
      return String(random.between(1, 7));
    case "cursor":
      return random.pick(known.cursors) ?? "AAAA";
    case "everybody":
      return random.pick(["true", "false"]) ?? "";
    case "project":
      return random.pick(projects) ?? "";
    default:
      return "nothing";
  }
}
