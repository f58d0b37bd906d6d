import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExecutionRequest, toRequestForm } from "./execution-request.ts";

const form = { cores: "4", memoryGiB: "16", gpus: "0", durationSlots: "1", start: { kind: "now" } };

test("a form of texts becomes a request of numbers", () => {
  expect(parseExecutionRequest(form)).toEqual({
    ok: true,
    value: {
      executable: { type: "notebook", image: null },
      resources: { cores: 4, memoryGiB: 16, gpus: 0 },
      durationSlots: 1,
      start: { kind: "now" },
    },
  });
});

test("a request becomes a form that asks for the same", () => {
  const read = parseExecutionRequest(form);
  expect(read.ok && parseExecutionRequest(toRequestForm(read.value))).toEqual(read);
});

test("a form may say the least that will do; of what has no least, exactly what is wished will do", () => {
  const read = parseExecutionRequest({ ...form, minCores: "2", minDurationSlots: "1", durationSlots: "3" });
  expect(read).toMatchObject({
    value: {
      resources: { cores: 4, memoryGiB: 16, gpus: 0 },
      minResources: { cores: 2, memoryGiB: 16, gpus: 0 },
      durationSlots: 3,
      minDurationSlots: 1,
    },
  });
  expect(read.ok && parseExecutionRequest(toRequestForm(read.value))).toEqual(read);
});

test.each([
  ["minCores", "cores"],
  ["minMemoryGiB", "memoryGiB"],
  ["minGpus", "gpus"],
  ["minDurationSlots", "durationSlots"],
])("what is wrong with %s is said at %s", (entry, field) => {
  for (const value of ["", "1.5", null, Number.NaN, 1e300])
    expect(parseExecutionRequest({ ...form, [entry]: value })).toMatchObject({ ok: false, error: [{ field }] });
});

test.each([
  ["cores", "four", "Cores must be a whole number of at least 1."],
  ["cores", "", "Cores must be a whole number of at least 1."],
  ["cores", "1.5", "Cores must be a whole number of at least 1."],
  ["cores", "1e9", "Cores must be a whole number of at least 1."],
  ["memoryGiB", null, "Memory must be a whole number of GiB, at least 1."],
  ["gpus", "0x1", "GPUs must be a whole number of at least 0."],
  ["durationSlots", "99999999999999999999", "The duration must be a whole number of slots, at least 1."],
  ["start", { kind: "window", from: "yesterday", until: 1 }, "The start must be a time."],
  ["start", "soon", "The start must be “now” or a window of time."],
])("%s of %j gets its sentence at the field", (field, value, sentence) => {
  const read = parseExecutionRequest({ ...form, [field]: value });
  expect(read).toMatchObject({ ok: false, error: [{ code: "INVALID_REQUEST", field, sentence }] });
});

test("whatever comes in, the answer is a request or refusals with sentences, never an exception", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (whole, part) => {
      for (const input of [whole, { ...form, cores: part }, { ...form, start: part }, { ...form, executable: part }]) {
        const read = parseExecutionRequest(input);
        if (!read.ok) for (const refusal of read.error) expect(refusal.sentence).not.toBe("");
      }
    }),
    { numRuns: 500 },
  );
});
