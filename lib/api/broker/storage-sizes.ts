import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { type DataResource, dataSource } from "./data-source.ts";
import { dataWithoutStore, keptIn } from "./kept-in.ts";

type Store = NonNullable<StandardRequest["storage"]>[number];

/** How much room a session's storage is, in GiB. */
export interface StorageSizes {
  /** Of each storage of the request, in their order. */
  readonly asked: readonly number[];
  /** Of what is made for each of the data without storage, in their order. */
  readonly made: readonly number[];
  /** What those data take, in bytes, as far as it is known. */
  readonly madeBytes: number;
  /** With an ERROR among them the answer is NO. */
  readonly messages: readonly Message[];
}

/** The least storage there is, in GiB. */
const LEAST = 1;
const GIB = 1024 ** 3;

/**
 * The storage of a request: each as big as its least, 1 GiB where that is not said, and no smaller than the data that it keeps, as far
 * as their size is known. Amounts that are not above zero, a least above its most and data that do not fit are reasons for a NO.
 */
export function storageSizes(storage: readonly Store[], data: readonly DataResource[]): StorageSizes {
  const bytes = data.map(knownBytes);
  const inside = storage.map(() => 0);
  for (const [at, stores] of keptIn(storage, data).entries()) {
    for (const store of stores) inside[store] = (inside[store] ?? 0) + (bytes[at] ?? 0);
  }
  const read = storage.map((store, index) => sizeOf(store, inside[index] ?? 0, `/storage/${index}/size`));
  const own = dataWithoutStore(storage, data).map((at) => bytes[at] ?? 0);
  return {
    asked: read.map(({ size }) => size),
    made: own.map((one) => Math.max(LEAST, inGiB(one))),
    madeBytes: own.reduce((sum, one) => sum + one, 0),
    messages: read.flatMap(({ message }) => message ?? []),
  };
}

const inGiB = (bytes: number): number => Math.ceil(bytes / GIB);

function knownBytes(data: DataResource): number {
  const source = dataSource(data, "");
  return source.ok ? Math.max(0, source.value.about ?? 0) : 0;
}

function sizeOf({ size }: Store, bytes: number, path: string): { readonly size: number; readonly message?: Message } {
  const { min = LEAST, max } = size ?? {};
  const bad = (["min", "max"] as const).find((end) => (size?.[end] ?? LEAST) < LEAST);
  if (bad !== undefined) {
    const template = "{path} is {value}; it must be at least {least}.";
    const values = { path: `${path}/${bad}`, value: String(size?.[bad]), least: String(LEAST) };
    return { size: LEAST, message: { kind: "urn:invalid-value", level: "ERROR", template, values } };
  }
  if (max !== undefined && min > max) {
    const template = "{path}: the least, {min}, is more than the most, {max}.";
    const values = { path, min: String(min), max: String(max) };
    return { size: min, message: { kind: "urn:invalid-value", level: "ERROR", template, values } };
  }
  const needed = inGiB(bytes);
  if (needed <= min) return { size: min };
  if (max !== undefined && needed > max) {
    const template = "The data kept in it take {size} GiB, which is more than {path} allows.";
    const values = { path: `${path}/max`, size: String(Math.ceil((bytes / GIB) * 10) / 10) };
    return { size: min, message: { kind: "urn:resource-limit", level: "ERROR", template, values } };
  }
  if (size?.min === undefined) return { size: needed };
  const template = "The data kept in it take more than {path}, so it is {size} GiB.";
  const values = { path: `${path}/min`, size: String(needed) };
  return { size: needed, message: { kind: "urn:default-used", level: "INFO", template, values } };
}
