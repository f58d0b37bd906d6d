import { z } from "zod";
import { type Executable, executableTypes } from "#lib/booking/executable.ts";

/** A program's whole setting has to fit into an address ("Book again") and into one row. */
const MOST_VARIABLES = 50;
const MOST_CHARACTERS = 2_000;

const BREAKS = "A command and its arguments are one line.";
const line = (sentence: string) =>
  z
    .string()
    .trim()
    .max(1_000, sentence)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are refused
    .regex(/^[^\x00-\x1f\x7f]*$/, BREAKS)
    .nullable()
    .optional()
    .transform((text) => text || null);

const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "A variable’s name has letters, digits and “_”, and begins with no digit.")
  .max(100, "A variable’s name is 100 characters at the most.");

const variableValue = z
  .string("A variable’s value is a text.")
  .regex(/^[^=]*$/, "A variable’s value cannot have a “=”: the platform would leave the variable out without a word.")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are refused
  .regex(/^[^\x00-\x1f\x7f]*$/, "A variable’s value is one line.");

const environment = z
  .record(z.string(), z.unknown(), "Variables are names with values.")
  .superRefine((all, context) => {
    for (const [name, value] of Object.entries(all)) {
      const read = [variableName.safeParse(name), variableValue.safeParse(value)].find(({ success }) => !success);
      const message = read?.error?.issues[0]?.message;
      if (message) context.addIssue({ code: "custom", message: `“${name.slice(0, 40)}”: ${message}` });
    }
    const entries = Object.entries(all);
    if (entries.length > MOST_VARIABLES) {
      context.addIssue({ code: "custom", message: `There can be ${MOST_VARIABLES} variables at the most.` });
    }
    const lengths = entries.map(([name, value]) => name.length + (typeof value === "string" ? value.length : 0));
    if (lengths.reduce((sum, length) => sum + length, 0) > MOST_CHARACTERS) {
      const message = `All variables together are ${MOST_CHARACTERS.toLocaleString("en")} characters at the most.`;
      context.addIssue({ code: "custom", message });
    }
  })
  .transform((all) => all as Record<string, string>)
  .nullable()
  .optional();

/** What to run, as the request form sends it. Only a headless session has a command, arguments and variables. */
export const executableForm = z
  .object(
    {
      type: z.enum(executableTypes, `What runs is one of ${executableTypes.join(", ")}.`),
      image: z
        .string("The name of an image is a text.")
        .trim()
        .max(255, "The name of an image is 255 characters at the most.")
        .regex(/^[\x21-\x7e]*$/, "The name of an image has no spaces and no special characters.")
        .nullable()
        .transform((image) => image || null),
      command: line("A command is 1,000 characters at the most."),
      args: line("Arguments are 1,000 characters at the most."),
      environment,
    },
    "What runs has a type and an image.",
  )
  .transform(({ type, image, command, args, environment }, context): Executable => {
    if (type === "headless") return { type, image, command, args, environment: environment ?? {} };
    if (command !== null || args !== null || Object.keys(environment ?? {}).length > 0) {
      const message = "Only a headless session has a command, arguments and variables of its own.";
      context.addIssue({ code: "custom", message });
    }
    return { type, image };
  });
