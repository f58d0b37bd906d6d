import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeYaml } from "#lib/api/media/write-yaml.ts";

/** Where the worked examples are: a folder each, with the request in it and the answers to it. */
export const examplesFolder = path.join(import.meta.dirname, "../../../docs/examples");

/** A request as it is written, in YAML. */
export const requestOf = (example: string): string => readFileSync(fileOf(example, "request.yaml"), "utf8");

const fileOf = (example: string, file: string) => path.join(examplesFolder, example, file);

/** The names of the answers' files, each in the two formats. */
const publishedFiles = ["offerset", "accepted"].flatMap((name) => [`${name}.yaml`, `${name}.json`]);

/**
 * The answers as they are published, by the names of their files. An answer that an example does not have has no file.
 */
export function asFiles(answers: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(answers).filter(([, answer]) => answer !== undefined);
  return Object.fromEntries(
    entries.flatMap(([name, answer]) => [
      [`${name}.yaml`, writeYaml(answer)],
      [`${name}.json`, asJson(answer)],
    ]),
  );
}

/** Whether the answers are to be published anew: EXAMPLES_WRITE=1. */
export const isWriting = process.env.EXAMPLES_WRITE === "1";

/** What is published of an example. */
export const readPublished = (example: string): Record<string, string> =>
  Object.fromEntries(
    publishedFiles
      .filter((file) => existsSync(fileOf(example, file)))
      .map((file) => [file, readFileSync(fileOf(example, file), "utf8")]),
  );

/** Writes what is published of an example; what it does not have any more is removed. */
export function publish(example: string, files: Readonly<Record<string, string>>): void {
  for (const file of publishedFiles) {
    const text = files[file];
    if (text === undefined) rmSync(fileOf(example, file), { force: true });
    else writeFileSync(fileOf(example, file), text);
  }
}

/** Lists of words on one line where they fit, as the repository's formatter has them. */
function asJson(answer: unknown): string {
  const text = JSON.stringify(answer, null, 2).replaceAll(
    /^( *)(.*)\[\n((?: +"(?:[^"\\]|\\.)*",?\n)+) *\](,?)$/gm,
    oneLine,
  );
  return `${text}\n`;
}

function oneLine(whole: string, indent: string, key: string, items: string, comma: string): string {
  const line = `${indent}${key}[${items.trim().split(/\n */).join(" ")}]${comma}`;
  return line.length <= 120 ? line : whole;
}
