/**
 * Trouble with CADC's accounts. Its message is for people and carries neither a password nor a token nor an address; there is
 * no cause, as what `fetch` and the parsers throw may quote what was sent or answered.
 */
export class CadcError extends Error {
  readonly kind: CadcTrouble;
  constructor(kind: CadcTrouble, message: string) {
    super(message);
    this.name = "CadcError";
    this.kind = kind;
  }
}

/**
 * `unwell`: no answer, or none that makes sense; may pass. `sign-in needed`: the token is no longer good. `refused`: asked for
 * something that it does not do, and never will.
 */
export type CadcTrouble = "unwell" | "sign-in needed" | "refused";
