import { CST, Lexer, type LineCounter, Parser } from "yaml";
import { MAX_DEPTH, MAX_NODES } from "./limits.ts";

/** Each alias is looked for in the whole document, and each directive costs more than the last. */
const MAX_OF_A_KIND: Readonly<Record<string, number>> = { alias: 100, "directive-line": 10 };

const escapes = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0abtnvfreNLP_ "/\\\t\r\n]|(.?))/gs;

/** Whether a double-quoted text has so many wrong escapes that listing them, as the library does, would take seconds. */
function isFullOfMistakes(lexeme: string): boolean {
  let wrong = 0;
  for (const [, mistake] of lexeme.matchAll(escapes)) {
    if (mistake !== undefined) wrong += 1;
    if (wrong > 20) return true;
  }
  return false;
}

const blank: readonly string[] = ["space", "comment", "newline"];
const opening: readonly string[] = ["comma", "flow-seq-start", "flow-map-start"];
const quoted: readonly string[] = ["double-quoted-scalar", "single-quoted-scalar"];
/** Whether what was just before leaves no place for this in its line. */
const isInTheWay = (last: string, kind: string): boolean =>
  quoted.includes(kind) ? quoted.includes(last) : (kind === "tag" || kind === "anchor") && kind === last;

/**
 * Counts what is certainly wrong and would be listed one by one: commas with nothing between them, texts or tags beside each
 * other, lists that go on without their indentation. The library makes an error with a place of each, which for a body full of them
 * takes a second.
 */
function mistakeCounter(): (kind: string) => boolean {
  let last = "";
  let lastInLine = "";
  let mistakes = 0;
  return (kind) => {
    const isMistake =
      kind === "flow-error-end" || (kind === "comma" ? opening.includes(last) : isInTheWay(lastInLine, kind));
    if (isMistake) mistakes += 1;
    if (!blank.includes(kind)) last = kind;
    if (kind !== "space") lastInLine = kind;
    return mistakes > 20;
  };
}

/** More than is read; the message is for whoever sent it, `at` the offset where it became too much. */
export class TooMuch extends Error {
  override readonly name = "TooMuch";

  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/**
 * The tokens of a text, up to the first that is wrong. Throws {@link TooMuch} before much is spent on a text that is nested or
 * repeated without end: a level takes at most two places on the parser's stack, and a value some eight lexemes.
 */
export function* yamlTokens(text: string, lines: LineCounter, maxBytes: number) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const seen = new Map<string, number>();
  let lexemes = 0;
  let before = "";
  // What may be small may not be made of small pieces only: two bytes for each lexeme is more than anybody writes.
  const most = Math.min(MAX_NODES, Math.floor(maxBytes / 20));
  const isFullOf = mistakeCounter();
  let isWrong = false;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      isWrong ||= token.type === "error";
      yield token;
    }
    if (isWrong) break;
    if (parser.stack.length > 2 * MAX_DEPTH + 8)
      throw new TooMuch(`This is nested more than ${MAX_DEPTH} levels deep.`, parser.offset);
    // After the mark for a scalar comes its text, whatever that looks like.
    const kind = before === CST.SCALAR ? "scalar" : (CST.tokenType(lexeme) ?? "error");
    before = lexeme;
    const ofItsKind = (seen.get(kind) ?? 0) + 1;
    if (ofItsKind > (MAX_OF_A_KIND[kind] ?? Number.POSITIVE_INFINITY)) {
      throw new TooMuch("There are too many aliases or directives in this YAML.", parser.offset);
    }
    seen.set(kind, ofItsKind);
    if (kind === "double-quoted-scalar" && isFullOfMistakes(lexeme)) {
      throw new TooMuch("There are many escapes in a double-quoted text of this YAML that are none.", parser.offset);
    }
    if (isFullOf(kind))
      throw new TooMuch("There are many commas, texts or tags that do not belong there.", parser.offset);
    lexemes += 1;
    if (lexemes > 10 * most) throw new TooMuch(`There are more than ${most} values in this body.`, parser.offset);
  }
  yield* parser.end();
}
