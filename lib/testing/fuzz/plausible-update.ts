import type { JsonObject } from "#lib/api/media/json-value.ts";
import { kinds } from "#lib/api/standard/kinds.ts";
import { phases } from "#lib/booking/phase.ts";
import type { Random } from "#lib/testing/random.ts";

/** An update as a client would make it, in the words of 1.0 or in older ones. */
export function plausibleUpdate(random: Random): JsonObject {
  if (random.oneIn(5)) {
    const delta = random.pick([1, 2, -1, 0, 100, -100, 10_001, 2 ** 53 - 1, -(2 ** 53 - 1)]) ?? 1;
    const units: JsonObject = random.oneIn(6) ? { units: random.pick(["slots", "hours", ""]) ?? "" } : {};
    return { kind: kinds.updates.integerDelta, path: "/schedule/available/duration", delta, ...units };
  }
  const usual = random.pick(["ACCEPTED", "ACCEPTED", "REJECTED", "CANCELLED"]) ?? "ACCEPTED";
  const value = random.oneIn(8) ? (random.pick([...phases, "accepted", "GONE", ""]) ?? "") : usual;
  return (
    random.pick<JsonObject>([
      { kind: kinds.updates.enumValue, path: "/phase", value },
      { kind: kinds.updates.enumValue, path: "/phase", value },
      { kind: kinds.updates.enumValue, path: "/phase", value },
      { kind: "urn:enum-value-update", path: "state", value },
      { update: { type: "urn:enum-value-update", path: "/state", value } },
      { offer: { ident: "3f0c0000-0000-4000-8000-000000000000", status: value } },
      { offer: { status: value } },
    ]) ?? {}
  );
}
