/** What a session says, as it may be stored and shown: the first `most` characters, without what steers a screen or hides. */
export const inPlainWords = (said: string, most: number): string => said.slice(0, most).replace(/\p{C}/gu, " ");

/** So many characters of what something is called, and of why it does not work, are shown. */
export const MOST_OF_A_NAME = 200;
export const MOST_OF_A_REASON = 500;
