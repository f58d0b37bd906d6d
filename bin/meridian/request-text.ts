import { readFileSync } from "node:fs";
import { inWords, Trouble } from "../trouble.ts";

/** What is asked for, as it stands in a file, or in the standard input for `-`. Throws Trouble where there is none. */
export function requestText(file: string): string {
  let text: string;
  try {
    text = readFileSync(file === "-" ? process.stdin.fd : file, "utf8");
  } catch (error) {
    throw new Trouble(`${file} cannot be read: ${inWords(error)}`);
  }
  if (text.trim() === "") throw new Trouble(`There is nothing in ${file === "-" ? "the standard input" : file}.`);
  return text;
}
