/**
 * Names that are no names in XML, or would be taken for something else, travel as `<entry name="…">`. `xml…` is reserved, a
 * colon is a prefix.
 */
export const ENTRY = "entry";

const plainName = /^(?!xml)[A-Za-z_][A-Za-z0-9_.-]*$/i;

/** Whether a key of a map, or a field nobody knows, can be an element of its own name. */
export const canBeElement = (key: string): boolean => plainName.test(key) && key !== ENTRY;
