import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { inWords, Trouble } from "../trouble.ts";

/** What is asked for, as it stands in a file, or in the standard input for `-`. Throws Trouble where there is none, or no UTF-8. */
export async function requestText(file: string): Promise<string> {
  const name = file === "-" ? "the standard input" : file;
  const bytes = await (file === "-" ? buffer(process.stdin) : readFile(file)).catch((error: unknown) => {
    throw new Trouble(`${name} cannot be read: ${inWords(error)}`);
  });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Trouble(`${name} cannot be read: it is not UTF-8.`);
  }
  if (text.trim() === "") throw new Trouble(`There is nothing in ${name}.`);
  return text;
}
