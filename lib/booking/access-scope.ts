/** What a program may be allowed to do in somebody's name, with the sentence people read when they choose. */
export const scopeWords = {
  read: "See your own offer sets, sessions and slots.",
  book: "Ask for offers, accept them, cancel and run sessions. To look at them afterwards it needs “read” too.",
  admin: "See everybody's offer sets, sessions and slots. Counts only while you are an administrator.",
} as const;

export type Scope = keyof typeof scopeWords;

export const scopes = Object.keys(scopeWords) as readonly Scope[];

const isScope = (text: string): text is Scope => Object.hasOwn(scopeWords, text);

/** What anybody of a role may allow: `admin` is for administrators only. */
export const scopesOf = (role: string): readonly Scope[] =>
  scopes.filter((one) => one !== "admin" || role === "administrator");

/**
 * What of the `given` scopes counts at this moment. A token of a former administrator loses `admin` with the role, and a word
 * that no version of ours knows (any more) allows nothing.
 */
export const scopesThatCount = (given: readonly string[], role: string): ReadonlySet<Scope> =>
  new Set(given.filter(isScope).filter((one) => scopesOf(role).includes(one)));
