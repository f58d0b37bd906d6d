import { isObject } from "../json-value.ts";
import { asAttribute, asText } from "./characters.ts";
import { canBeElement, ENTRY } from "./entry.ts";
import type { Field, ObjectShape, Shape } from "./shape.ts";

const isScalar = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/**
 * The lines of an element, or of one for each item of a list. The value decides what is written and its shape the names, so that
 * a field nobody described is written too. What is undefined or null is left out.
 */
export function* writeElement(
  name: string,
  value: unknown,
  shape: Shape,
  indent = "",
  attributes = "",
): Generator<string> {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    yield* writeList(name, value, shape, indent);
  } else if (isObject(value)) {
    const exact = shape.is === "object" ? exactly(value, shape) : anyObject;
    const { own, children } = contentOf(value, exact, `${indent}  `);
    const open = `${indent}<${name}${attributes}${own}`;
    const inner = [...children];
    if (inner.length === 0) yield `${open}/>`;
    else {
      yield `${open}>`;
      yield* inner;
      yield `${indent}</${name}>`;
    }
  } else if (isScalar(value)) {
    yield `${indent}<${name}${attributes}>${asText(String(value))}</${name}>`;
  } else {
    throw new TypeError(`a ${typeof value} has no XML (in ${name})`);
  }
}

function* writeList(name: string, items: readonly unknown[], shape: Shape, indent: string): Generator<string> {
  const { element, wrapper, item } = shape.is === "list" ? shape : { element: name, wrapper: null, item: () => shape };
  if (wrapper === null) {
    for (const one of items) yield* writeElement(element, one, item(), indent);
    return;
  }
  if (items.length === 0) yield `${indent}<${wrapper}/>`;
  else {
    yield `${indent}<${wrapper}>`;
    for (const one of items) yield* writeElement(element, one, item(), `${indent}  `);
    yield `${indent}</${wrapper}>`;
  }
}

const anyObject: ObjectShape = { is: "object", fields: new Map(), rest: () => ({ is: "anything" }), variants: null };

function exactly(value: Readonly<Record<string, unknown>>, shape: ObjectShape): ObjectShape {
  const kind = shape.variants && value[shape.variants.property];
  const variant = shape.variants?.of.get(String(kind))?.();
  return variant?.is === "object" ? variant : shape;
}

/** Fields in the order of the schema, then what it does not know. */
function contentOf(value: Readonly<Record<string, unknown>>, shape: ObjectShape, indent: string) {
  const fields = [...shape.fields.values()].filter(({ key }) => Object.hasOwn(value, key));
  const isAttribute = (field: Field) => field.attribute && isScalar(value[field.key]);
  const own = fields
    .filter(isAttribute)
    .map(({ key, name }) => ` ${name}="${asAttribute(String(value[key]))}"`)
    .join("");
  const taken = new Set([...shape.fields.values()].flatMap(({ key, name }) => [key, name]));
  function* children() {
    for (const field of fields) {
      if (!isAttribute(field)) yield* writeElement(field.name, value[field.key], field.shape(), indent);
    }
    for (const [key, inner] of Object.entries(value)) {
      if (shape.fields.has(key)) continue;
      if (canBeElement(key) && !taken.has(key)) yield* writeElement(key, inner, shape.rest(), indent);
      // An item of a list nobody described is an entry of its own, or it would lose its name.
      else for (const one of Array.isArray(inner) ? inner : [inner]) yield* entry(key, one, shape.rest(), indent);
    }
  }
  return { own, children: children() };
}

const entry = (key: string, value: unknown, shape: Shape, indent: string) =>
  writeElement(ENTRY, value, shape, indent, ` name="${asAttribute(key)}"`);
