import { describe, expect, test } from "vitest";
import { kinds } from "../standard/kinds.ts";
import { inWords, isAcceptable } from "../standard/message.ts";
import { readRequest } from "./read-request.ts";

const notebook = { kind: kinds.executable.jupyterNotebook };
const compute = { kind: kinds.compute.simple };

/** What is said to a request that can be read, by kind and place. */
function said(body: object) {
  const read = readRequest(body);
  if (!read.ok) throw new Error(read.error.map(({ sentence }) => sentence).join(" "));
  const { messages } = read.value;
  for (const message of messages) expect(inWords(message)).not.toMatch(/\{\w+\}/);
  return messages.map(({ kind, level, values }) => `${level} ${kind} ${values.path}`);
}
const errors = (body: object) => said(body).filter((line) => line.startsWith("ERROR"));

describe("a request that is understood", () => {
  test("the smallest one says what to run, and is told what it gets for the rest", () => {
    expect(said({ executable: notebook })).toEqual([
      "INFO urn:default-used /compute",
      "INFO urn:default-used /schedule/requested/duration",
      "INFO urn:default-used /schedule/requested/start",
    ]);
  });

  test("amounts and times are read, with what is usual for what is missing", () => {
    const schedule = { requested: { duration: "PT90M", start: "2026-11-27T08:00:00Z/PT4H" } };
    const read = readRequest({ executable: notebook, compute: { ...compute, cores: { min: 2, max: 4 } }, schedule });
    expect(read).toMatchObject({
      ok: true,
      value: {
        amounts: { least: { cores: 2, memoryGiB: 1, gpus: 0 }, most: { cores: 4, memoryGiB: 1, gpus: 0 } },
        schedule: {
          durationMs: 5_400_000,
          windows: [{ from: Date.UTC(2026, 10, 27, 8), until: Date.UTC(2026, 10, 27, 12) }],
        },
      },
    });
  });

  test("a field that nobody knows is not looked at, and named", () => {
    const lines = said({ executable: { ...notebook, colour: "red" }, extra: { a: 1 } });
    expect(lines).toContain("WARN urn:unknown-field /executable/colour");
    expect(lines).toContain("WARN urn:unknown-field /extra");
  });

  test("arguments that are numbers are text", () => {
    const executable = {
      kind: kinds.executable.dockerContainer,
      image: { locations: ["x/y:1"] },
      command: ["--n", 12],
    };
    const read = readRequest({ executable });
    expect(read.ok && read.value.request.executable).toMatchObject({ command: ["--n", "12"] });
  });
});

describe("a request that is answered with NO", () => {
  test.each([
    ["it does not say what to run", {}, "urn:executable-required /executable"],
    [
      "a kind that the standard does not have",
      { executable: { kind: "urn:java" } },
      "urn:unknown-kind /executable/kind",
    ],
    [
      "a component without a kind",
      { executable: notebook, data: [{ location: "x" }] },
      "urn:missing-required-value /data/0/kind",
    ],
    [
      "no core at all",
      { executable: notebook, compute: { ...compute, cores: { min: 0 } } },
      "urn:invalid-value /compute/cores/min",
    ],
    [
      "less than nothing",
      { executable: notebook, compute: { ...compute, gpus: { min: -1 } } },
      "urn:invalid-value /compute/gpus/min",
    ],
    [
      "a least above its most",
      { executable: notebook, compute: { ...compute, memory: { min: 8, max: 4 } } },
      "urn:invalid-value /compute/memory",
    ],
    [
      "a duration that is none",
      { executable: notebook, schedule: { requested: { duration: "P1H" } } },
      "urn:input-syntax-fail /schedule/requested/duration",
    ],
    [
      "a start that is no interval",
      { executable: notebook, schedule: { requested: { start: "2026-08-14T11:30Z" } } },
      "urn:input-syntax-fail /schedule/requested/start",
    ],
    [
      "a volume of something that is not there",
      {
        executable: notebook,
        compute: { ...compute, volumes: [{ kind: kinds.volume.simple, path: "a", resource: "b" }] },
      },
      "urn:resource-not-found /compute/volumes/0/resource",
    ],
    [
      "two of one name",
      {
        executable: notebook,
        data: [{ kind: kinds.data.simple, meta: { name: "a" } }],
        storage: [{ kind: kinds.storage.simple, meta: { name: "a" } }],
      },
      "urn:duplicate-resource /storage/0/meta/name",
    ],
    [
      "a cost that nobody can measure",
      { executable: notebook, costs: [{ kind: kinds.cost.simple, type: "urn:beauty", max: 1 }] },
      "urn:not-supported /costs/0/type",
    ],
  ])("%s", (_, body, expected) => {
    expect(errors(body)).toContain(`ERROR ${expected}`);
  });

  test("more components than a session can have", () => {
    const data = Array.from({ length: 40 }, (_, index) => ({ kind: kinds.data.simple, meta: { name: `d${index}` } }));
    expect(errors({ executable: notebook, data })).toEqual(["ERROR urn:resource-limit /"]);
  });

  test("all that is wrong is said at once", () => {
    const body = {
      executable: { kind: "urn:x" },
      compute: { ...compute, cores: { min: -1 } },
      data: [{ kind: "urn:y" }],
    };
    expect(errors(body)).toHaveLength(3);
  });
});

describe("a body that cannot be read", () => {
  test.each([
    [
      "text for a number",
      { executable: notebook, compute: { ...compute, cores: { min: "four" } } },
      "/compute/cores/min",
    ],
    ["a list for an object", { executable: [] }, "/executable"],
    [
      "a number that JSON cannot hold",
      { executable: notebook, compute: { ...compute, cores: { min: 2 ** 53 } } },
      "/compute/cores/min",
    ],
    [
      "a mode that there is not",
      { executable: notebook, compute: { ...compute, volumes: [{ kind: kinds.volume.simple, mode: "NONE" }] } },
      "/compute/volumes/0/mode",
    ],
  ])("%s is an error that names the place", (_, body, path) => {
    const read = readRequest(body);
    expect(read.ok ? null : read.error[0]?.path).toBe(path);
  });
});

test("what is answered with NO is not acceptable, a warning is", () => {
  const read = readRequest({ executable: notebook, extra: 1 });
  expect(read.ok && isAcceptable(read.value.messages)).toBe(true);
});
