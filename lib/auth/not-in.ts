/** Every way not to know who calls the API, with the sentence that the program is told. */
export const sentences = {
  anonymous: "Who are you? Send an access token: Authorization: Bearer mrd_… The page “Profile” makes one.",
  "other-scheme": "Send an access token as Authorization: Bearer …; names and passwords are not taken here.",
  "bad-token": "This is no token that Meridian knows.",
  expired: "This token has expired.",
  withdrawn: "This token was withdrawn.",
  "unknown-person": "Sign in once in the browser first.",
  unwell: "The sign-in service of this token does not answer at the moment. Try again in a few seconds.",
} as const;

export type NotInCode = keyof typeof sentences;

/** It is not known who calls. All of them are 401, but `unwell`, which is trouble and no fault of theirs: 503. */
export interface NotIn {
  readonly ok: false;
  readonly error: NotInCode;
  readonly sentence: string;
}

export const notIn = (error: NotInCode, sentence: string = sentences[error]): NotIn => ({ ok: false, error, sentence });
