import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { type Result, yes } from "#lib/booking/refusal.ts";
import { type BodyTrouble, placeAt, unreadable } from "../body-trouble.ts";
import { forbiddenKeys, MAX_DEPTH, MAX_NODES } from "../limits.ts";
import { firstNotXml, fromText } from "./characters.ts";

/** An element, its names without prefixes. Attributes that have one (`xsi:type`, `xmlns:eb`) are left out, as is `xmlns`. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** All text directly in it, CDATA too. */
  readonly text: string;
}

/** An XML document that is not taken; the message is for whoever sent it. */
export class XmlTrouble extends Error {
  override readonly name = "XmlTrouble";
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  attributesGroupName: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false, // the five of XML itself are read below, others are refused
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: "#cdata",
  maxNestedTags: MAX_DEPTH + 1, // the root, which JSON has no word for
  onDangerousProperty: (name) => name, // an Element is no object with such names
});

/** What the parser makes of a document: each node has one own name beside `:@`, its attributes. */
const nodes = z.array(z.record(z.string(), z.unknown()));
const attributes = z.record(z.string(), z.string()).default({});
const textNode = z.object({ "#text": z.coerce.string() });

/**
 * Reads a document into its root element. Refuses (400): what is not well-formed, any document type declaration (so there are
 * no entities to expand, and nothing to fetch), references but to characters and XML's own five entities, characters XML 1.0
 * does not have, another encoding than UTF-8, names that reach into JavaScript's objects, and too much of it.
 */
export function parseXml(text: string): Result<Element, BodyTrouble> {
  const wrong = firstNotXml(text);
  if (wrong >= 0) return unreadable("There is a character here that XML cannot have.", placeAt(text, wrong));
  // Of all that begins with `<!`, the bodies here have nothing but comments and CDATA.
  const declared = text.search(/<!(?!--|\[CDATA\[)/);
  if (declared >= 0) {
    return unreadable("Document types and entities (<!DOCTYPE, <!ENTITY) are not read here.", placeAt(text, declared));
  }
  const encoding = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)/.exec(text)?.[1]?.toLowerCase() ?? "utf-8";
  if (!["utf-8", "utf8", "us-ascii"].includes(encoding)) {
    return unreadable("This body says in its <?xml …?> that it is not in UTF-8. XML is read in UTF-8 only.");
  }
  // Before much is spent on them; they are counted exactly when the tree is built.
  if (isCrowded(text)) return unreadable(tooMany);
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { line, col = 1 } = valid.err;
    return unreadable("This is not XML.", line > 0 ? { line, column: col } : undefined);
  }
  return treeOf(text);
}

/** Whether there are far too many elements (two tags each, and CDATA) or attributes, at a glance. */
function isCrowded(text: string): boolean {
  const tags = text.split("<", 4 * MAX_NODES).length;
  const attributes = text.match(/=\s*["']/g)?.length ?? 0;
  return tags >= 4 * MAX_NODES || attributes > 2 * MAX_NODES;
}

const tooMany = `There are more than ${MAX_NODES} values in this body.`;

function treeOf(text: string): Result<Element, BodyTrouble> {
  const count = { nodes: 0 };
  try {
    const roots = contentOf(parsed(text), count).children;
    const [root, ...others] = roots;
    if (!root || others.length > 0) return unreadable("This body has to have one root element, as every XML document.");
    return yes(root);
  } catch (error) {
    if (error instanceof XmlTrouble) return unreadable(error.message);
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (message.includes("nested"))
      throw new XmlTrouble(`The elements of this body are nested more than ${MAX_DEPTH} levels deep.`);
    if (message.includes("reserved")) throw new XmlTrouble("There is a name in this body that is not allowed.");
    throw new XmlTrouble("This body is not XML.");
  }
}

/** `name` is that of the element whose content it is, for those who have to look for what is wrong in it. */
function contentOf(content: unknown, count: { nodes: number }, name = ""): Pick<Element, "children" | "text"> {
  const children: Element[] = [];
  let text = "";
  for (const { ":@": written, ...node } of nodes.parse(content)) {
    const [[tag, inner] = ["", null]] = Object.entries(node);
    if (tag === "#text") text += meant(String(inner), name);
    else if (tag === "#cdata")
      text += z
        .array(textNode)
        .parse(inner)
        .map((part) => part["#text"])
        .join("");
    else {
      const own = attributesOf(attributes.parse(written), tag);
      count.nodes += 1 + own.size;
      if (count.nodes > MAX_NODES) throw new XmlTrouble(tooMany);
      children.push({ name: localName(tag), attributes: own, ...contentOf(inner, count, tag) });
    }
  }
  return { children, text };
}

function attributesOf(written: Readonly<Record<string, string>>, tag: string): Map<string, string> {
  const own = new Map<string, string>();
  for (const [prefixed, value] of Object.entries(written)) {
    const name = prefixed.slice(1); // without the @ of the parser
    // Line ends and tabs in an attribute are spaces (XML 1.0, 3.3.3); those meant are written as references.
    if (!name.includes(":") && name !== "xmlns") own.set(allowed(name), meant(value.replaceAll(/[\n\t]/g, " "), tag));
  }
  return own;
}

const localName = (name: string) => allowed(name.slice(name.indexOf(":") + 1));

function allowed(name: string): string {
  if (forbiddenKeys.has(name)) throw new XmlTrouble(`The name “${name}” is not allowed.`);
  return name;
}

function meant(text: string, tag: string): string {
  const read = fromText(text);
  if (read !== null) return read;
  throw new XmlTrouble(
    `There is a reference (&…;) in <${tag.slice(0, 100)}> that is neither a character nor one of XML's own five entities.`,
  );
}
