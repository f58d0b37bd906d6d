import { parseArgs } from "node:util";
import { inWords, Trouble } from "../trouble.ts";
import type { Command } from "./command.ts";

/** A command is loaded when it is called: most need neither the database nor what speaks to it. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  request: async () => (await import("./request.ts")).request,
  offers: async () => (await import("./offers.ts")).offers,
  accept: async () => (await import("./accept.ts")).accept,
  direct: async () => (await import("./direct.ts")).direct,
  sessions: async () => (await import("./sessions.ts")).sessions,
  watch: async () => (await import("./watch.ts")).watch,
  open: async () => (await import("./open.ts")).open,
  cancel: async () => (await import("./cancel.ts")).cancel,
  verify: async () => (await import("./verify.ts")).verify,
  slots: async () => (await import("./slots.ts")).slots,
  vault: async () => (await import("./vault.ts")).vault,
  token: async () => (await import("./token.ts")).token,
};

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const list = (isRemote: boolean) =>
    all
      .filter((command) => (command.isRemote ?? false) === isRemote)
      .map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`);
  return [
    "npm run -s meridian -- COMMAND [OPTIONS]",
    "",
    "With a Meridian, here or elsewhere (MERIDIAN_URL), in your name (MERIDIAN_TOKEN):",
    ...list(true),
    "",
    "With the database of this one, that of DATABASE_URL or the one in MERIDIAN_DATA, running or not:",
    ...list(false),
    "",
    "COMMAND --help says more.",
  ].join("\n");
}

/** Does what was asked for on the command line; the exit code. */
export async function main([name = "", ...rest]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const asked = name === "" || name === "--help" || name === "help";
    (asked ? console.log : console.error)(asked ? await help() : `There is no command “${name}”.\n\n${await help()}`);
    return asked && name !== "" ? 0 : 2;
  }
  const command = await load();
  let read: { values: Record<string, unknown>; taken?: string };
  try {
    read = readArguments(command, rest);
  } catch (error) {
    console.error(`${inWords(error)}\n\n${command.help}`);
    return 2;
  }
  if (read.values.help) {
    console.log(command.help);
    return 0;
  }
  try {
    return command.isRemote ? await command.run(read.values, read.taken) : await withDatabase(command, read);
  } catch (error) {
    console.error(inWords(error));
    return error instanceof Trouble ? 2 : 1;
  }
}

function readArguments({ options, takes }: Command, args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: "boolean" } },
    strict: true,
    allowPositionals: takes !== undefined,
  });
  const [taken, tooMuch] = positionals;
  if (tooMuch !== undefined) throw new Trouble(`What is “${tooMuch}”? There is one ${takes} only.`);
  if (taken === undefined && takes !== undefined && !takes.startsWith("[") && !values.help)
    throw new Trouble(`${takes} is missing.`);
  return { values: values as Record<string, unknown>, ...(taken !== undefined && { taken }) };
}

async function withDatabase(command: Command, read: { values: Record<string, unknown>; taken?: string }) {
  const [{ closeDatabase }, { openedDatabase }] = await Promise.all([
    import("#lib/db/client.ts"),
    import("./command.ts"),
  ]);
  let close: (() => Promise<void>) | null = null;
  try {
    close = await openedDatabase();
    return await command.run(read.values, read.taken);
  } finally {
    await closeDatabase();
    await close?.();
  }
}
