import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";

/**
 * What a service says of itself, in the two documents of IVOA VOSI 1.1: its capabilities and its availability. Namespaces are
 * left out, as prefixes differ; what is not known is skipped. The documents come from elsewhere: one with a document type
 * declaration is refused unread, entities are never expanded (but the five of XML itself), and nesting has an end.
 */

/** Not the document that was expected. The message goes on after “it answered …”. */
export class VosiError extends Error {
  override readonly name = "VosiError";
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  alwaysCreateTextNode: true,
  maxNestedTags: 32,
  // One or many: always a list.
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

function parse(xml: string): unknown {
  // Of all that begins with `<!`, neither document has more than comments and CDATA.
  if (/<!(?!--|\[CDATA\[)/.test(xml)) throw new VosiError("XML with a document type declaration, which is refused");
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new VosiError(`no XML that can be read (line ${valid.err.line})`);
  try {
    return parser.parse(xml);
  } catch (error) {
    throw new VosiError("no XML that can be read", { cause: error });
  }
}

const predefined: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = z
  .string()
  .transform((text) => text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, of) => predefined[of] ?? ""));

/** The elements of a name that can be read; the others count as not there. */
const each = <T extends z.ZodType>(element: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((all) =>
      all.flatMap((one) => {
        const read = element.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    );

const accessUrl = z.looseObject({ "#text": plain, "@use": plain.optional() });
const securityMethod = z.looseObject({ "@standardID": plain }).transform((one) => one["@standardID"]);
const anInterface = z
  .looseObject({ accessURL: each(accessUrl), securityMethod: each(securityMethod) })
  .transform((one) => ({
    /** Empty for an interface that anybody may use. */
    securityMethods: one.securityMethod,
    /** The addresses below which its resources are, as they are written. */
    bases: one.accessURL.filter((url) => url["@use"] === "base").map((url) => url["#text"]),
  }));
const capability = z
  .looseObject({ "@standardID": plain, interface: each(anInterface) })
  .transform((one) => ({ standardId: one["@standardID"], interfaces: one.interface }));
const capabilities = z.looseObject({ capabilities: z.tuple([z.looseObject({ capability: each(capability) })]) });

export type Capability = z.output<typeof capability>;

/** Throws {@link VosiError} for what is no capabilities document. */
export function readCapabilities(xml: string): readonly Capability[] {
  const read = capabilities.safeParse(parse(xml));
  if (!read.success) throw new VosiError("another kind of XML");
  return read.data.capabilities[0].capability;
}

const text = z.looseObject({ "#text": plain }).transform((one) => one["#text"]);
const truth = z.enum(["true", "false", "1", "0"]).transform((word) => word === "true" || word === "1");
const availability = z.looseObject({
  availability: z.tuple([
    z.looseObject({ available: z.tuple([text.pipe(truth)]), note: each(text).transform((notes) => notes.join(" ")) }),
  ]),
});

/** Whether a service takes requests, and what it says about it. Throws {@link VosiError} for another document. */
export function readAvailabilityXml(xml: string): { available: boolean; note: string | null } {
  const read = availability.safeParse(parse(xml));
  if (!read.success) throw new VosiError("another kind of XML");
  const [{ available, note }] = read.data.availability;
  return { available: available[0], note: note.trim() || null };
}
