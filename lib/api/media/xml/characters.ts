/** What XML 1.0 cannot carry, not even as a reference. Half of a surrogate pair is matched by the `u` flag. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are the point
const notXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u;
const allNotXml = new RegExp(notXml, "gu");

/** Where the first character stands that XML cannot carry, or -1. */
export const firstNotXml = (text: string): number => text.search(notXml);

const written: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
};
const inWriting = (text: string, marks: RegExp) =>
  text.replaceAll(allNotXml, "\ufffd").replaceAll(marks, (mark) => written[mark] ?? mark);

/** A text as the content of an element; what XML cannot carry becomes U+FFFD. A bare CR would be read as a line end. */
export const asText = (text: string): string => inWriting(text, /[&<>\r]/g);

/** The same as the value of an attribute, in which line ends and tabs would be read as spaces. */
export const asAttribute = (text: string): string => inWriting(text, /[&<>"\r\n\t]/g);

const predefined: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const reference = /&(?:#x([0-9a-fA-F]{1,6});|#(\d{1,7});|([^\s;&<]{1,30});)?/g;

/** The text that was meant, or null when it refers to anything but characters and the five entities of XML itself. */
export function fromText(text: string): string | null {
  let known = true;
  const read = text.replaceAll(reference, (_, hex?: string, decimal?: string, name?: string) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : null;
    const character =
      code === null ? Object.hasOwn(predefined, name ?? "") && predefined[name ?? ""] : characterOf(code);
    if (character) return character;
    known = false;
    return "";
  });
  return known ? read : null;
}

function characterOf(code: number): string | null {
  if (code > 0x10ffff) return null;
  const character = String.fromCodePoint(code);
  return notXml.test(character) ? null : character;
}
