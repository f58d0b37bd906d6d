import { existsSync } from "node:fs";
import type { Session } from "./session.ts";

/** Programs that do no harm whatever their arguments are. `env` alone: with arguments it would run anything. */
const harmless = ["env", "echo", "printenv", "sleep", "true", "false"];

/** The program to run for a headless session, by its whole path; null when it is only said what would run. */
export function programFor({ cmd, args }: Pick<Session["command"], "cmd" | "args">): string | null {
  if (cmd === null || !harmless.includes(cmd) || (cmd === "env" && args.length > 0)) return null;
  return ["/usr/bin", "/bin"].map((folder) => `${folder}/${cmd}`).find((file) => existsSync(file)) ?? null;
}

/** `K=V`; dropped without a word when there is no name or the value has a `=`. Loader variables are not passed on. */
export function environmentFrom(given: readonly string[]): Record<string, string> {
  const pairs = given.map((pair) => pair.split("="));
  return Object.fromEntries(
    pairs.flatMap(([name = "", value = "", ...more]) =>
      name === "" || more.length > 0 || name.startsWith("LD_") ? [] : [[name, value]],
    ),
  );
}

export const wouldRun = ({ command, image }: Session): string =>
  `The simulator would run ${command.cmd ? [command.cmd, ...command.args].join(" ") : "the default command"} in ${image}.\n`;
