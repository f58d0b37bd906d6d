/** Any piece of an OpenAPI document, as it was read. */
type Piece = { readonly [key: string]: unknown };

/**
 * What an OpenAPI 3.1 document promises and another one does not: one line each, its place first, such as
 * `schemas/SimpleComputeResource/cores: is not there`. What the other one has beyond is no difference.
 *
 * Paths are compared with their operations (operationId, parameters, bodies, answers, headers, media types); schemas with their
 * properties (`allOf` flattened; of an abstract class each property must be in every subtype), types, formats, values of enums,
 * defaults, patterns, what is required, discriminators and XML names. Words are not compared.
 */
export function missingFrom(promised: Piece, given: Piece): string[] {
  const found: string[] = [];
  const say = (place: string, what: string) => found.push(`${place}: ${what}`);
  const same = (place: string, one: unknown, other: unknown) => {
    if (one !== undefined && inOrder(one) !== inOrder(other))
      say(place, `${JSON.stringify(one)} became ${JSON.stringify(other)}`);
  };

  for (const [path, item] of entries(promised.paths)) {
    for (const [method, operation] of entries(item)) {
      const ours = at(given, "paths", path, method);
      const place = `${method} ${path}`;
      if (!ours) say(place, "is not there");
      else compareOperation(place, operation, ours);
    }
  }
  for (const [name, schema] of entries(at(promised, "components", "schemas"))) {
    const ours = at(given, "components", "schemas", name);
    if (!ours) say(`schemas/${name}`, "is not there");
    else compareSchema(`schemas/${name}`, schema, ours);
  }
  return found;

  function compareOperation(place: string, operation: Piece, ours: Piece) {
    same(`${place} operationId`, operation.operationId, ours.operationId);
    const parameters = list(ours.parameters).map((one) => dereferenced(given, one));
    for (const parameter of list(operation.parameters).map((one) => dereferenced(promised, one))) {
      const found = parameters.find(({ name, in: where }) => name === parameter.name && where === parameter.in);
      const parameterPlace = `${place} ${parameter.name}`;
      if (!found) say(parameterPlace, "is not there");
      else
        for (const key of ["required", "style", "schema"]) same(`${parameterPlace} ${key}`, parameter[key], found[key]);
    }
    if (operation.requestBody) {
      const [body, ourBody] = [piece(operation.requestBody), piece(ours.requestBody)];
      same(`${place} body required`, body.required, ourBody.required);
      same(`${place} body`, schemasByType(body), pick(schemasByType(ourBody), schemasByType(body)));
    }
    for (const [status, response] of entries(operation.responses)) {
      const found = at(ours, "responses", status);
      if (!found) {
        say(`${place} ${status}`, "is not there");
        continue;
      }
      const answer = dereferenced(given, found);
      same(`${place} ${status}`, schemasByType(response), pick(schemasByType(answer), schemasByType(response)));
      for (const [name, header] of entries(response.headers)) {
        const ourHeader = dereferenced(given, piece(piece(answer.headers)[name]));
        for (const key of ["required", "schema"])
          same(`${place} ${status} ${name} ${key}`, header[key], ourHeader[key]);
      }
    }
  }

  function compareSchema(place: string, schema: Piece, ours: Piece) {
    const flat = flattened(promised, schema);
    for (const key of ["type", "enum", "format", "pattern", "items"])
      same(`${place} ${key}`, flat[key], flattened(given, ours)[key]);
    same(`${place} additionalProperties`, piece(flat.additionalProperties).type, piece(ours.additionalProperties).type);
    same(`${place} xml`, schema.xml, ours.xml);
    same(`${place} discriminator`, at(schema, "discriminator")?.propertyName, at(ours, "discriminator")?.propertyName);
    for (const [kind, target] of Object.entries(at(schema, "discriminator", "mapping") ?? {}))
      same(`${place} ${kind}`, target, at(ours, "discriminator", "mapping")?.[kind]);
    const subtypes = list(ours.oneOf);
    if (schema.discriminator && subtypes.length === 0) say(place, "has no subtypes");
    for (const one of subtypes.length > 0 ? subtypes : [ours]) {
      const subtype = flattened(given, one);
      const subplace = one.$ref ? `${place} as ${String(one.$ref).split("/").at(-1)}` : place;
      for (const name of list(flat.required))
        if (!list(subtype.required).includes(name)) say(`${subplace}/${name}`, "is not required");
      for (const [name, property] of entries(flat.properties)) {
        const found = at(subtype, "properties", name);
        if (!found) say(`${subplace}/${name}`, "is not there");
        else compareProperty(`${subplace}/${name}`, name, property, found);
      }
    }
  }

  function compareProperty(place: string, name: string, property: Piece, ours: Piece) {
    for (const key of ["$ref", "type", "format", "enum", "default", "pattern"])
      same(`${place} ${key}`, property[key], ours[key]);
    same(`${place} xml`, xmlOf(promised, name, property), xmlOf(given, name, ours) ?? {});
    if (property.items) {
      const [items, ourItems] = [piece(property.items), piece(ours.items)];
      for (const key of ["$ref", "type", "format", "xml"]) same(`${place} items ${key}`, items[key], ourItems[key]);
    }
  }
}

const isPiece = (value: unknown): value is Piece =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const piece = (value: unknown): Piece => (isPiece(value) ? value : {});
const list = (value: unknown): Piece[] => (Array.isArray(value) ? value : []);
const entries = (value: unknown) => Object.entries(piece(value)) as [string, Piece][];
const at = (start: unknown, ...way: string[]): Piece | undefined => {
  let here: unknown = start;
  for (const step of way) here = piece(here)[step];
  return isPiece(here) ? here : undefined;
};

/** As text, the same for the same values of an enum in any order. */
const inOrder = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);

/** The piece that a `$ref` leads to, or the piece itself. */
function dereferenced(document: Piece, one: Piece): Piece {
  if (typeof one.$ref !== "string") return one;
  const found = at(document, ...one.$ref.slice(2).split("/"));
  if (!found) throw new Error(`${one.$ref} leads nowhere.`);
  return found;
}

/** A schema with everything that its `allOf` brings. */
function flattened(document: Piece, schema: Piece): Piece {
  const { allOf, ...own } = dereferenced(document, schema);
  const parts = [...list(allOf).map((one) => flattened(document, one)), own];
  const merged = Object.assign({}, ...parts);
  return {
    ...merged,
    properties: Object.assign({}, ...parts.map(({ properties }) => piece(properties))),
    required: [...new Set(parts.flatMap(({ required }) => list(required)))],
    // Of a class itself, not of those that inherit from it.
    discriminator: own.discriminator,
    xml: own.xml,
  };
}

/** The XML of a property: its own words before those of what it refers to; its own name said again says nothing. */
function xmlOf(document: Piece, property: string, schema: Piece): Piece | undefined {
  const merged = { ...piece(dereferenced(document, schema).xml), ...piece(schema.xml) };
  const { name, attribute, wrapped } = merged;
  const xml = {
    ...(name !== undefined && name !== property && { name }),
    ...(attribute === true && { attribute }),
    ...(wrapped === true && { wrapped }),
  };
  return xml;
}

const schemasByType = (body: Piece): Piece | undefined =>
  isPiece(body.content)
    ? Object.fromEntries(entries(body.content).map(([type, { schema }]) => [type, schema]))
    : undefined;

const pick = (from: Piece | undefined, like: Piece | undefined): Piece =>
  Object.fromEntries(Object.keys(like ?? {}).map((key) => [key, from?.[key]]));
