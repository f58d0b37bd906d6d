/** The longest piece of a request that is repeated in a message. */
const SHOWN = 200;

/** A piece of a request as a message shows it: at most 200 characters, what is no text as JSON. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : inJson(value);
  // Half of a pair of surrogates is no character, and a database takes none.
  return text.length > SHOWN ? `${text.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}

function inJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // What JSON cannot say (a BigInt) did not come from JSON.
    return typeof value;
  }
}
