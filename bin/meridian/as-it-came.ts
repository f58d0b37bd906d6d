import { writeYaml } from "#lib/api/media/write-yaml.ts";
import { Trouble } from "../trouble.ts";

/** The options of a command whose answer can be had as it came. */
export const asItCame = { json: { type: "boolean" }, yaml: { type: "boolean" } } as const;

/** Prints an answer: as it came in JSON or YAML where that is wanted, otherwise the lines for people. */
export function print(
  values: Readonly<Record<string, unknown>>,
  answer: unknown,
  lines: () => readonly string[],
): void {
  if (values.json && values.yaml) throw new Trouble("Either --json or --yaml.");
  if (values.json) console.log(JSON.stringify(answer, null, 2));
  else if (values.yaml) console.log(writeYaml(answer).trimEnd());
  else for (const line of lines()) console.log(line);
}
