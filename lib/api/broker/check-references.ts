import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";

type Named = { readonly meta?: { readonly name?: string | undefined; readonly uuid?: string | undefined } | undefined };

/**
 * Checks that every name that one component calls another by is the name, or the uuid, of exactly one of those that are there:
 * volumes name data or storage, data name their storage, storage names its data; both directions have to agree.
 */
export function checkReferences(request: StandardRequest): Message[] {
  const { data = [], storage = [] } = request;
  const volumes = request.compute?.volumes ?? [];
  const all = [...withPath(data, "data"), ...withPath(storage, "storage")];
  const messages = [...twice(all), ...twice(withPath(volumes, "compute/volumes"))];
  const resolve = (reference: string, among: readonly { one: Named; path: string }[], path: string, what: string) => {
    const found = among.filter(({ one }) => isCalled(one, reference));
    if (found.length === 0) messages.push(notFound(path, reference, what));
    return found.length === 1 ? found[0] : undefined;
  };
  for (const [index, volume] of volumes.entries()) {
    const path = `/compute/volumes/${index}/resource`;
    if (volume.resource === undefined) messages.push(missing(path));
    else resolve(volume.resource, all, path, "data or storage resource");
  }
  const stores = withPath(storage, "storage");
  for (const [index, one] of data.entries()) {
    if (one.storage === undefined) continue;
    resolve(one.storage, stores, `/data/${index}/storage`, "storage resource");
  }
  for (const [index, { data: kept = [], ...store }] of storage.entries()) {
    for (const [position, reference] of kept.entries()) {
      const path = `/storage/${index}/data/${position}`;
      const found = resolve(reference, withPath(data, "data"), path, "data resource");
      const elsewhere = found && (found.one as { storage?: string }).storage;
      if (elsewhere !== undefined && !isCalled(store, elsewhere))
        messages.push(contradiction(path, reference, elsewhere));
    }
  }
  return messages;
}

export const isCalled = ({ meta }: Named, reference: string): boolean =>
  meta?.name === reference || meta?.uuid?.toLowerCase() === reference.toLowerCase();

const withPath = (all: readonly Named[], list: string) =>
  all.map((one, index) => ({ one, path: `/${list}/${index}/meta/name` }));

/** A name that two have cannot be told apart by it. */
function twice(all: readonly { one: Named; path: string }[]): Message[] {
  return all.flatMap(({ one, path }, index) => {
    const name = one.meta?.name;
    const first = name === undefined ? index : all.findIndex((other) => other.one.meta?.name === name);
    if (name === undefined || first === index) return [];
    const template = "{path}: the name “{name}” is that of another resource already.";
    return [{ kind: "urn:duplicate-resource", level: "ERROR", template, values: { path, name } }];
  });
}

const notFound = (path: string, name: string, what: string): Message => ({
  kind: "urn:resource-not-found",
  level: "ERROR",
  template: "{path} names “{name}”, but the request has no {what} of that name.",
  values: { path, name, what },
});

const missing = (path: string): Message => ({
  kind: "urn:missing-required-value",
  level: "ERROR",
  template: "{path} has to name the data or storage resource that is mounted.",
  values: { path },
});

const contradiction = (path: string, name: string, storage: string): Message => ({
  kind: "urn:bad-value",
  level: "ERROR",
  template: "{path} names “{name}”, which says itself that it is kept in “{storage}”.",
  values: { path, name, storage },
});
