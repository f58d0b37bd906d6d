/** Why Meridian cannot act for a user. The sentence is for them; it never carries anything of the credential. */
export class CredentialTrouble extends Error {
  override readonly name = "CredentialTrouble";
  /**
   * `sign-in needed`: nothing but a new sign-in helps. `provider unwell`: it may pass; ask again after `afterMs`. `refused`: it is
   * good, and a platform does not accept it.
   */
  readonly kind: "sign-in needed" | "provider unwell" | "refused";
  readonly afterMs: number | null;
  constructor(
    kind: CredentialTrouble["kind"],
    message: string,
    { afterMs = null, cause }: { afterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.afterMs = afterMs;
  }
}
