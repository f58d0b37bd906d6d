import { validate } from "uuid";
import { Trouble } from "../trouble.ts";

/** Throws Trouble where somebody gave something else than a uuid. */
export function uuidOf(given: string | undefined): string {
  if (given === undefined) throw new Trouble("Which one? Give its uuid.");
  if (!validate(given))
    throw new Trouble(`“${given}” is no uuid. It is something like 0199f000-0000-7000-8000-000000000001`);
  return given;
}
