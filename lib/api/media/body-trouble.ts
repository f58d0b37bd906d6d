/** Why a body is not taken: 400 it cannot be read, 413 it is too large, 415 it is in a format that is not read. */
export interface BodyTrouble {
  readonly status: 400 | 413 | 415;
  /** For the person who sent it; names line and column where they are known. */
  readonly sentence: string;
  /** The place in what was sent, as a JSON pointer, where it could be read so far. */
  readonly path?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

type Refused = { readonly ok: false; readonly error: BodyTrouble };

/** A body that cannot be read, as a result; a place goes into the sentence too. */
export function unreadable(sentence: string, place?: Place): Refused {
  if (!place) return { ok: false, error: { status: 400, sentence } };
  const { line, column } = place;
  return { ok: false, error: { status: 400, sentence: `${sentence} (line ${line}, column ${column})`, line, column } };
}

/** Where an offset of a text is, for people. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}
