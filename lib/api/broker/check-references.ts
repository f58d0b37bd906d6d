import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";
import { type Named, type References, referenceIndex } from "./reference-index.ts";

/**
 * Checks that every name that one component calls another by is the name, or the uuid, of exactly one of those that are there:
 * volumes name data or storage, data name their storage, storage names its data; both directions have to agree.
 */
export function checkReferences(request: StandardRequest): Message[] {
  const { data = [], storage = [] } = request;
  const volumes = request.compute?.volumes ?? [];
  const all = [...withPath(data, "data"), ...withPath(storage, "storage")];
  const messages = [...twice(all), ...twice(withPath(volumes, "compute/volumes"))];
  const [anyCalled, storeCalled, dataCalled] = [
    referenceIndex([...data, ...storage]),
    referenceIndex(storage),
    referenceIndex(data),
  ];
  const resolve = (reference: string, called: References, path: string, what: string) => {
    const [found, ...others] = called(reference);
    if (found === undefined) messages.push(notFound(path, reference, what));
    else if (others.length > 0) messages.push(ambiguous(path, reference));
    return others.length === 0 ? found : undefined;
  };
  for (const [index, volume] of volumes.entries()) {
    const path = `/compute/volumes/${index}/resource`;
    if (volume.resource === undefined) messages.push(missing(path));
    else resolve(volume.resource, anyCalled, path, "data or storage resource");
  }
  for (const [index, one] of data.entries()) {
    if (one.storage === undefined) continue;
    resolve(one.storage, storeCalled, `/data/${index}/storage`, "storage resource");
  }
  const keptIn = new Map<number, number>();
  for (const [index, { data: kept = [] }] of storage.entries()) {
    for (const [position, reference] of kept.entries()) {
      const path = `/storage/${index}/data/${position}`;
      const found = resolve(reference, dataCalled, path, "data resource");
      const elsewhere = found === undefined ? undefined : data[found]?.storage;
      if (elsewhere !== undefined && !storeCalled(elsewhere).includes(index))
        messages.push(contradiction(path, reference, elsewhere));
      if (found === undefined) continue;
      const before = keptIn.get(found) ?? index;
      if (before !== index) messages.push(keptTwice(path, reference, `/storage/${before}`));
      keptIn.set(found, before);
    }
  }
  return messages;
}

const withPath = (all: readonly Named[], list: string) =>
  all.map((one, index) => ({ one, path: `/${list}/${index}/meta` }));

/** What two are called cannot tell them apart. */
function twice(all: readonly { one: Named; path: string }[]): Message[] {
  const names = new Set<string>();
  const uuids = new Set<string>();
  const isTaken = (taken: Set<string>, key: string) => taken.has(key) || !taken.add(key);
  return all.flatMap(({ one: { meta }, path }) => [
    ...(meta?.name !== undefined && isTaken(names, meta.name) ? [duplicate(`${path}/name`, "name", meta.name)] : []),
    ...(meta?.uuid !== undefined && isTaken(uuids, meta.uuid.toLowerCase())
      ? [duplicate(`${path}/uuid`, "uuid", meta.uuid)]
      : []),
  ]);
}

const duplicate = (path: string, what: string, name: string): Message => ({
  kind: "urn:duplicate-resource",
  level: "ERROR",
  template: "{path}: the {what} “{name}” is that of another resource already.",
  values: { path, what, name: shown(name) },
});

const ambiguous = (path: string, name: string): Message => ({
  kind: "urn:duplicate-resource",
  level: "ERROR",
  template: "{path} names “{name}”, and more than one resource is called so.",
  values: { path, name: shown(name) },
});

const notFound = (path: string, name: string, what: string): Message => ({
  kind: "urn:resource-not-found",
  level: "ERROR",
  template: "{path} names “{name}”, but the request has no {what} of that name.",
  values: { path, name: shown(name), what },
});

const missing = (path: string): Message => ({
  kind: "urn:missing-required-value",
  level: "ERROR",
  template: "{path} has to name the data or storage resource that is mounted.",
  values: { path },
});

const keptTwice = (path: string, name: string, other: string): Message => ({
  kind: "urn:bad-value",
  level: "ERROR",
  template: "{path} names “{name}”, which {other} keeps already; data are kept in one storage.",
  values: { path, name: shown(name), other },
});

const contradiction = (path: string, name: string, storage: string): Message => ({
  kind: "urn:bad-value",
  level: "ERROR",
  template: "{path} names “{name}”, which says itself that it is kept in “{storage}”.",
  values: { path, name: shown(name), storage: shown(storage) },
});
