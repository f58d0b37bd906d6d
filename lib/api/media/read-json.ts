import { type Result, yes } from "#lib/booking/refusal.ts";
import { type BodyTrouble, placeAt, unreadable } from "./body-trouble.ts";
import { firstMisplaced } from "./first-misplaced.ts";
import { MAX_DEPTH } from "./limits.ts";

// Words are cut generously, so that NaN or 1.2.3 is one wrong word; JSON.parse has the last say.
const token = /[ \t\r\n]*(?:("[^"\\]*(?:\\.[^"\\]*)*")|([{}[\],:])|([^\s"{}[\],:]+))/sy;
const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/;

/**
 * Finds what `JSON.parse` lets pass or cannot place: duplicate names, numbers it would round or turn into an infinity, nesting
 * without end, words that are none. Node 20 does not show a reviver the text of a number, hence this look at the tokens.
 */
function trouble(text: string): { sentence: string; at: number } | null {
  const open: (Set<string> | null)[] = [];
  let lastString = "";
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [whole, string, mark, other] = found;
    const at = token.lastIndex - whole.trimStart().length;
    if (string) lastString = string;
    else if (mark === "{" || mark === "[") {
      if (open.push(mark === "{" ? new Set() : null) > MAX_DEPTH) {
        return { sentence: `This is nested more than ${MAX_DEPTH} levels deep.`, at };
      }
    } else if (mark === "}" || mark === "]") open.pop();
    else if (mark === ":") {
      const names = open.at(-1);
      const name = unescaped(lastString);
      if (names?.has(name)) return { sentence: `The name “${name.slice(0, 100)}” appears twice in one object.`, at };
      names?.add(name);
    } else if (other) {
      const number = word.exec(other);
      if (!number) return { sentence: `“${other.slice(0, 30)}” is neither a number nor a word of JSON.`, at };
      const value = Number(other);
      const isInteger = /^-?\d+$/.test(other);
      if (isInteger && !Number.isSafeInteger(value)) {
        return {
          sentence: `The integer ${other.slice(0, 30)} is too large to be kept exactly (the limit is 2^53-1).`,
          at,
        };
      }
      if (/\d/.test(other) && !Number.isFinite(value)) return { sentence: "This number is too large.", at };
    }
  }
  return null;
}

function unescaped(string: string): string {
  if (!string.includes("\\")) return string.slice(1, -1);
  try {
    return String(JSON.parse(string));
  } catch {
    return string; // JSON.parse of the whole text will say it
  }
}

/** Where V8 says that a text stops being JSON, if it says so. */
function offsetIn(message: string, text: string): number | null {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position) return Number(position);
  return /unexpected end|unterminated/i.test(message) ? text.length : null;
}

/** Reads JSON strictly (RFC 8259). Refuses (400) what is none, and what {@link trouble} finds. */
export function readJson(text: string): Result<unknown, BodyTrouble> {
  const found = trouble(text);
  if (found) return unreadable(found.sentence, placeAt(text, found.at));
  try {
    return yes(JSON.parse(text));
  } catch (error) {
    const offset = offsetIn(error instanceof Error ? error.message : "", text) ?? firstMisplaced(text);
    return unreadable("This is not JSON.", offset === null ? undefined : placeAt(text, offset));
  }
}
