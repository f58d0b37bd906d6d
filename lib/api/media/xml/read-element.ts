import type { JsonObject, JsonValue } from "../json-value.ts";
import { forbiddenKeys } from "../limits.ts";
import { ENTRY } from "./entry.ts";
import { type Element, XmlTrouble } from "./parse-xml.ts";
import type { Field, ListShape, ObjectShape, Shape } from "./shape.ts";

const inFull: Readonly<Record<string, RegExp>> = {
  integer: /^[+-]?\d+$/,
  number: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
};

/**
 * The value of an element. What is not written as its shape says (`<min>four</min>`) stays text, so that the check that follows
 * can name it; throws {@link XmlTrouble} where reading on would be guessing.
 */
export function readElement(element: Element, shape: Shape): JsonValue {
  if (shape.is === "object") return readObject(element, exactly(element, shape));
  if (element.children.length > 0 || shape.is === "anything") return readUnknown(element);
  const [attribute] = element.attributes.keys();
  if (attribute) throw new XmlTrouble(`The attribute “${attribute}” of <${element.name}> is not known.`);
  return readScalar(element.text, shape, element.name);
}

function readScalar(text: string, shape: Shape, name: string): JsonValue {
  const trimmed = text.trim();
  if (shape.is === "boolean") {
    if (trimmed === "true" || trimmed === "1") return true;
    return trimmed === "false" || trimmed === "0" ? false : text;
  }
  if (!inFull[shape.is]?.test(trimmed)) return text;
  const number = Number(trimmed) || 0; // -0 is 0
  if (shape.is === "integer" ? !Number.isSafeInteger(number) : !Number.isFinite(number)) {
    throw new XmlTrouble(`The number in <${name}> is too large to be kept exactly.`);
  }
  return number;
}

/** The shape for the kind an element says it is; of a kind that is not known, one with the fields of all. */
function exactly(element: Element, shape: ObjectShape): ObjectShape {
  if (!shape.variants) return shape;
  const { property, of } = shape.variants;
  const kind = element.attributes.get(property) ?? element.children.find(({ name }) => name === property)?.text;
  const variant = of.get(kind ?? "")?.();
  return variant?.is === "object" ? variant : shape;
}

function readObject(element: Element, shape: ObjectShape): JsonObject {
  if (element.text.trim() !== "")
    throw new XmlTrouble(`There is text in <${element.name}>, where only elements belong.`);
  const object: JsonObject = {};
  const names = namesOf(shape);
  const set = (key: string, value: JsonValue) => {
    if (Object.hasOwn(object, key)) throw new XmlTrouble(`“${key}” appears twice in <${element.name}>.`);
    object[allowedKey(key)] = value;
  };
  for (const [name, text] of element.attributes) {
    const field = names.get(name);
    set(field?.key ?? name, field ? readScalar(text, field.shape(), name) : text);
  }
  const unknown = new Map<string, JsonValue[]>();
  for (const child of element.children) {
    const field = names.get(child.name);
    const list = field?.shape();
    if (field && list?.is === "list") addItems(object, field, list, child);
    else if (field) set(field.key, readElement(child, field.shape()));
    else {
      const { key, bare } = keyOf(child);
      const values = unknown.get(key) ?? [];
      values.push(readElement(bare, shape.rest()));
      unknown.set(key, values);
    }
  }
  for (const [key, [first = null, ...more]] of unknown) set(key, more.length === 0 ? first : [first, ...more]);
  return object;
}

/** Fields by the names they may have; a list that is not wrapped may be wrapped in its own name all the same. */
function namesOf(shape: ObjectShape): ReadonlyMap<string, Field> {
  const fields = [...shape.fields.values()];
  return new Map([
    ...fields.filter((field) => field.shape().is === "list").map((field) => [field.key, field] as const),
    ...fields.map((field) => [field.name, field] as const),
  ]);
}

function addItems(object: JsonObject, field: Field, list: ListShape, child: Element): void {
  const isWrapper = child.name === list.wrapper || child.name !== list.element;
  const items = isWrapper ? child.children : [child];
  const stranger = items.find((item) => item.name !== list.element)?.name ?? (isWrapper && child.text.trim());
  if (stranger) throw new XmlTrouble(`In <${child.name}> there can be <${list.element}> only.`);
  const before = object[field.key];
  const all = Array.isArray(before) ? before : [];
  for (const item of items) all.push(readElement(item, list.item()));
  object[field.key] = all;
}

function allowedKey(key: string): string {
  if (forbiddenKeys.has(key)) throw new XmlTrouble(`The name “${key}” is not allowed.`);
  return key;
}

/** The key an element stands for, and the element without what says so. */
function keyOf(element: Element): { key: string; bare: Element } {
  const key = element.name === ENTRY ? element.attributes.get("name") : undefined;
  if (key === undefined) return { key: element.name, bare: element };
  const attributes = new Map([...element.attributes].filter(([name]) => name !== "name"));
  return { key, bare: { ...element, attributes } };
}

const anyObject: ObjectShape = { is: "object", fields: new Map(), rest: () => ({ is: "anything" }), variants: null };

/** An element nobody described: text, or an object of what is in it. */
function readUnknown(element: Element): JsonValue {
  if (element.children.length === 0 && element.attributes.size === 0) return element.text;
  return readObject({ ...element, text: "" }, anyObject);
}
