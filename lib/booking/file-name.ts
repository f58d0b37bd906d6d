/** Longer names are cut, so that every file system takes them, whatever the letters. */
const LONGEST = 60;

/**
 * The name for a file that is fetched from an address: the last piece of its path, with letters, digits and `._+-` only and no dot
 * at its beginning; `data` when nothing is left of it. At most 60 characters, of which the ending is kept.
 */
export function fileNameOf(address: string): string {
  const last = new URL(address).pathname.split("/").filter(Boolean).at(-1) ?? "";
  const name = decoded(last)
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._+-]+/gu, "_")
    .replace(/^[._]+/, "");
  if (name === "") return "data";
  if ([...name].length <= LONGEST) return name;
  const ending = /\.[\w.]{1,12}$/.exec(name)?.[0] ?? "";
  return [...name].slice(0, LONGEST - ending.length).join("") + ending;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a % that encodes nothing
  }
}
