import type { StandardRequest } from "../standard/requests.ts";
import { referenceIndex } from "./reference-index.ts";

type Store = NonNullable<StandardRequest["storage"]>[number];
type Data = NonNullable<StandardRequest["data"]>[number];

/** For each data resource, the places of the storage that keeps it, in order: either of the two may name the other. */
export function keptIn(storage: readonly Store[], data: readonly Data[]): readonly (readonly number[])[] {
  const storeCalled = referenceIndex(storage);
  const dataCalled = referenceIndex(data);
  const kept = data.map((one) => new Set(one.storage === undefined ? [] : storeCalled(one.storage)));
  for (const [index, store] of storage.entries()) {
    for (const reference of store.data ?? []) for (const at of dataCalled(reference)) kept[at]?.add(index);
  }
  return kept.map((places) => [...places].sort((a, b) => a - b));
}

/** The places of the data that name no storage, and that no storage names: each gets one of its own. */
export function dataWithoutStore(storage: readonly Store[], data: readonly Data[]): number[] {
  const kept = keptIn(storage, data);
  return [...data.keys()].filter((at) => data[at]?.storage === undefined && kept[at]?.length === 0);
}
