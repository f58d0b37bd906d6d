import { isObject, type JsonObject, type JsonValue } from "#lib/api/media/json-value.ts";
import { kinds } from "#lib/api/standard/kinds.ts";
import type { Random } from "#lib/testing/random.ts";
import { absurdNames, absurdSchedules, absurdStarts, absurdValues } from "./absurd-values.ts";

const knownKinds = Object.values(kinds).flatMap((some) => (typeof some === "string" ? [some] : Object.values(some)));
const pick = <T>(random: Random, things: readonly T[]): T => things[random.between(0, things.length - 1)] as T;

/** The body with one thing in it that is not as it was. The body itself is not changed. */
export function mutate(body: JsonObject, random: Random): JsonObject {
  if (random.oneIn(6)) return { ...body, schedule: { requested: absurdSchedule(random) } };
  const changed = at(body, random, random.between(0, 4));
  return isObject(changed) ? changed : body;
}

const absurdSchedule = (random: Random): JsonObject => ({
  ...pick(random, absurdSchedules),
  ...(random.oneIn(2) ? { start: pick(random, absurdStarts) } : {}),
});

/** Goes down some steps and changes what is there. */
function at(value: JsonValue, random: Random, steps: number): JsonValue {
  if (Array.isArray(value) && value.length > 0 && steps > 0) {
    const index = random.between(0, value.length - 1);
    return value.map((item, place) => (place === index ? at(item, random, steps - 1) : item));
  }
  if (isObject(value) && Object.keys(value).length > 0 && steps > 0) {
    const key = pick(random, Object.keys(value));
    return { ...value, [key]: at(value[key] as JsonValue, random, steps - 1) };
  }
  return changedHere(value, random);
}

function changedHere(value: JsonValue, random: Random): JsonValue {
  const absurd = pick(random, absurdValues);
  if (Array.isArray(value) && random.oneIn(2)) return [...value, ...value, absurd];
  if (!isObject(value) || random.oneIn(3)) return random.oneIn(8) ? [value] : absurd;
  const keys = Object.keys(value);
  switch (random.between(0, 4)) {
    case 0: // One field is missing.
      return keys.length === 0 ? absurd : without(value, pick(random, keys));
    case 1: // One too many, which may have any name.
      return named(value, pick(random, absurdNames), absurd);
    case 2: // It says that it is something else.
      return {
        ...value,
        kind: random.oneIn(3) ? absurd : pick(random, [...knownKinds, "urn:none", `${knownKinds[0]}x`]),
      };
    case 3: // What it says leads nowhere.
      return { ...value, [pick(random, ["resource", "storage", "data", "location"])]: "nowhere" };
    default:
      return keys.length === 0 ? absurd : { ...value, [pick(random, keys)]: absurd };
  }
}

const without = (value: JsonObject, key: string): JsonObject => {
  const { [key]: _, ...others } = value;
  return others;
};

/** Also `__proto__` as a name like any other. */
const named = (value: JsonObject, name: string, inner: JsonValue): JsonObject =>
  Object.defineProperty({ ...value }, name, { value: inner, enumerable: true, configurable: true, writable: true });
