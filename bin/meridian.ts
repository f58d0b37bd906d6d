import { parseArgs } from "node:util";
import { closeDatabase } from "#lib/db/client.ts";
import { type Command, openedDatabase } from "./meridian/command.ts";
import { slots } from "./meridian/slots.ts";
import { vault } from "./meridian/vault.ts";
import { verify } from "./meridian/verify.ts";
import { inWords, Trouble } from "./trouble.ts";

/** `npm run -s meridian -- COMMAND`: the command line. Exits 0 when all is well, 1 when something is not, 2 when asked wrongly. */
const commands: readonly Command[] = [verify, slots, vault];

const help = () =>
  [
    "npm run -s meridian -- COMMAND [OPTIONS]",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
    "",
    "COMMAND --help says more. The database is that of DATABASE_URL, or the one in MERIDIAN_DATA, running or not.",
  ].join("\n");

process.exit(await main(process.argv.slice(2)));

async function main([name = "", ...rest]: readonly string[]): Promise<number> {
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const asked = name === "" || name === "--help" || name === "help";
    (asked ? console.log : console.error)(asked ? help() : `There is no command “${name}”.\n\n${help()}`);
    return asked && name !== "" ? 0 : 2;
  }
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: rest, options: { ...command.options, help: { type: "boolean" } }, strict: true }));
  } catch (error) {
    console.error(`${inWords(error)}\n\n${command.help}`);
    return 2;
  }
  if (values.help) {
    console.log(command.help);
    return 0;
  }
  let close: (() => Promise<void>) | null = null;
  try {
    close = await openedDatabase();
    return await command.run(values);
  } catch (error) {
    console.error(inWords(error));
    return error instanceof Trouble ? 2 : 1;
  } finally {
    await closeDatabase();
    await close?.();
  }
}
