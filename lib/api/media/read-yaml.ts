import { Composer, type Document, isScalar, LineCounter, visit } from "yaml";
import { type Result, yes } from "#lib/booking/refusal.ts";
import { type BodyTrouble, placeAt, unreadable } from "./body-trouble.ts";
import { MAX_BODY_BYTES } from "./limits.ts";
import { readJson } from "./read-json.ts";
import { TooMuch, yamlTokens } from "./yaml-tokens.ts";

/** Repeating what an anchor marked is fine; repeating repetitions is how a small body explodes. */
const MAX_ALIASES = 32;

const options = {
  version: "1.2",
  schema: "core", // whatever a %YAML directive says: YES and 2026-09-01 stay text
  merge: false,
  resolveKnownTags: false,
  uniqueKeys: false, // looked at below: the library compares each name with every other, which takes a megabyte 18 s
  stringKeys: true,
  intAsBigInt: true,
  strict: true,
  logLevel: "silent",
} as const;

const sentences: Readonly<Record<string, string>> = {
  NON_STRING_KEY: "The names in a map have to be text.",
  TAG_RESOLVE_FAILED: "Tags of YAML (words with !) are not read here.",
};

interface Mistake {
  readonly sentence: string;
  readonly at: number;
}

/** What is wrong with a document, as its parser says it. Warnings are about tags and directives we do not know. */
function mistakeIn(document: Document.Parsed): Mistake | null {
  const [first] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (!first) return badName(document);
  return { sentence: sentences[first.code] ?? `This is not YAML: ${first.message.split("\n")[0]}.`, at: first.pos[0] };
}

/** The first name that is in its map for the second time. All names are text: the parser refuses others, aliases too. */
function badName(document: Document.Parsed): Mistake | null {
  const found: Mistake[] = [];
  visit(document, {
    Map(_, map) {
      const names = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : "";
        if (names.has(name)) {
          const at = (isScalar(key) && key.range?.[0]) || 0;
          found.push({ sentence: `The name “${name.slice(0, 100)}” appears twice in one map.`, at });
          return visit.BREAK;
        }
        names.add(name);
      }
    },
  });
  return found[0] ?? null;
}

/**
 * Reads one document of YAML 1.2 with the core schema, so also JSON. Refuses (400) more than one document, tags but the core
 * ones, duplicate names, names that are not text, aliases that multiply. Integers come out as bigint, aliases as the same object
 * twice: `plainObject` makes plain values of it. An empty text gives null.
 */
export function readYaml(text: string, maxBytes = MAX_BODY_BYTES): Result<unknown, BodyTrouble> {
  // JSON with long names is no YAML (a name has 1,024 characters there), and JSON.parse is a hundred times as fast.
  if (/^\s*\{/.test(text)) {
    const json = readJson(text);
    if (json.ok) return json;
  }
  const lines = new LineCounter();
  try {
    const documents = new Composer(options).compose(yamlTokens(text, lines, maxBytes), true, text.length);
    const first = documents.next();
    if (first.done) return yes(null);
    const document = first.value;
    const mistake = mistakeIn(document);
    if (mistake) {
      const { line, col } = lines.linePos(mistake.at);
      return unreadable(mistake.sentence, line > 0 ? { line, column: col } : undefined);
    }
    if (!documents.next().done) {
      return unreadable("There is more than one YAML document in this body. Please send one.");
    }
    return yes(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    if (error instanceof TooMuch) return unreadable(error.message, placeAt(text, error.at));
    if (!(error instanceof ReferenceError)) throw error;
    // The library's word for an alias without an anchor, which it names, and for one that multiplies.
    const [, name] = /: (.{1,100})/.exec(error.message) ?? [];
    if (name) return unreadable(`The alias “*${name}” has no anchor before it.`);
    return unreadable("The aliases in this body repeat too much.");
  }
}
