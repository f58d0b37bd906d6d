import { describe, expect, test } from "vitest";
import { parseExecutionRequest, toRequestForm } from "./execution-request.ts";

const form = { cores: 1, memoryGiB: 4, durationSlots: 1 };
const image = "images.canfar.net/skaha/astroml:latest";
const read = (executable: unknown) => parseExecutionRequest({ ...form, executable });
const refused = (executable: unknown) => {
  const answer = read(executable);
  if (answer.ok) throw new Error(`it was not refused: ${JSON.stringify(answer.value.executable)}`);
  return answer.error;
};

test.each(["notebook", "carta", "desktop", "contributed", "firefly"])("a %s has a type and an image", (type) => {
  expect(read({ type, image, command: "", args: null, environment: {} })).toMatchObject({
    ok: true,
    value: { executable: { type, image } },
  });
});

test("a headless session has a command, arguments and variables, and asks for the same again", () => {
  const executable = { type: "headless", image, command: "python", args: "fit.py --all", environment: { SEED: "7" } };
  const answer = read(executable);
  expect(answer).toMatchObject({ value: { executable } });
  expect(answer.ok && parseExecutionRequest(toRequestForm(answer.value))).toEqual(answer);
});

test("without them, the image’s own program runs", () => {
  expect(read({ type: "headless", image })).toMatchObject({
    value: { executable: { type: "headless", command: null, args: null, environment: {} } },
  });
});

test.each([
  ["an unknown type", { type: "desktop-app", image }, "What runs is one of notebook, desktop, carta"],
  ["a command of a notebook", { type: "notebook", image, command: "rm" }, "Only a headless session has a command"],
  ["arguments of CARTA", { type: "carta", image, args: "-v" }, "Only a headless session has a command"],
  ["variables of a desktop", { type: "desktop", image, environment: { A: "1" } }, "Only a headless session has"],
  ["a command of two lines", { type: "headless", image, command: "a\nb" }, "one line"],
  ["a long command", { type: "headless", image, command: "a".repeat(1_001) }, "1,000 characters at the most"],
  ["an image of two words", { type: "headless", image: "a b" }, "no spaces"],
  ["an image that is none", { type: "headless", image: 5 }, "is a text"],
])("%s is refused at its field", (what, executable, words) => {
  const [refusal, ...others] = refused(executable);
  const field = /lines|long/.test(what) ? "command" : "executable";
  expect(refusal).toMatchObject({ code: "INVALID_REQUEST", field });
  expect(refusal?.sentence).toContain(words);
  expect(others).toEqual([]);
});

describe("variables", () => {
  const withVariables = (environment: unknown) => refused({ type: "headless", image, environment })[0]?.sentence;

  test("with a “=” in the value are refused, as the platform would leave them out without a word", () => {
    expect(withVariables({ TOKEN: "abc==" })).toBe(
      "“TOKEN”: A variable’s value cannot have a “=”: the platform would leave the variable out without a word.",
    );
  });

  test.each(["", "1ST", "A-B", "A B", "Ä", "A=B"])("are not called “%s”", (name) => {
    expect(withVariables({ [name]: "1" })).toContain("A variable’s name has letters, digits and “_”");
  });

  test("are fifty at the most, and short enough together", () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, "1"]));
    expect(read({ type: "headless", image, environment: many(50) }).ok).toBe(true);
    expect(withVariables(many(51))).toBe("There can be 50 variables at the most.");
    expect(withVariables({ LONG: "x".repeat(2_000) })).toBe("All variables together are 2,000 characters at the most.");
  });

  test.each([
    ["a list", ["A"]],
    ["a text", "A=1"],
    ["no texts", { A: 1 }],
    ["lines", { A: "1\n2" }],
  ])("are no %s", (_, odd) => {
    expect(refused({ type: "headless", image, environment: odd })).toMatchObject([{ field: "environment" }]);
  });
});
