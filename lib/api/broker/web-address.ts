/** Longer addresses are none that anybody wrote. */
const LONGEST = 2048;

/**
 * An http or https address with nothing secret in it, as it is stored and fetched: spaces and letters beyond ASCII are encoded, as
 * not all that fetches does so. Null for everything else.
 */
export function webAddress(text: string): string | null {
  if (!/^\s*https?:\/\/[^/]/i.test(text) || text.length > LONGEST || !URL.canParse(text)) return null;
  const { href, username, password } = new URL(text);
  return username === "" && password === "" && href.length <= LONGEST ? href : null;
}
