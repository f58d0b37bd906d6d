import { ratesOf } from "#lib/booking/footprint.ts";
import { kinds } from "../standard/kinds.ts";
import type { StandardRequest } from "../standard/requests.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import { isCalled } from "./check-references.ts";
import { componentId } from "./component-id.ts";
import { componentPhase } from "./component-phase.ts";
import { measured } from "./measures.ts";
import type { KeptRequest } from "./plan-request.ts";
import { showExecutable } from "./show-executable.ts";
import { showSchedule } from "./show-schedule.ts";
import { type Looking, type ShownSession, shownPhase } from "./shown-session.ts";

type Components = Pick<ScheduledSession, "executable" | "compute" | "storage" | "data">;
type Store = NonNullable<StandardRequest["storage"]>[number];
type Data = NonNullable<StandardRequest["data"]>[number];
type Volume = NonNullable<NonNullable<StandardRequest["compute"]>["volumes"]>[number];

/** Where each component can be read, by what it is. */
export const componentFolders = ["executables", "compute", "storage", "data", "volumes"] as const;
export type ComponentFolder = (typeof componentFolders)[number];

/** So many components a request makes: those it has, and a storage for all data that names none. */
export const countComponents = ({ storage = [], data = [], compute }: StandardRequest): number =>
  2 + storage.length + data.filter(hasNoStore(storage)).length + data.length + (compute?.volumes?.length ?? 0);

/**
 * The components of a session, as they were asked for: each with an identifier and an address of its own, its name kept, and
 * every reference by the new identifiers, in both directions.
 */
export function showComponents(session: ShownSession, looking: Looking): Components {
  const asked = (session.asked as KeptRequest | null)?.request ?? {};
  const lifecycle = {
    phase: componentPhase(shownPhase(session, looking.now), session.releasedAt !== null),
    schedule: showSchedule(session),
  };
  let number = 0;
  const made = (
    folder: ComponentFolder,
    meta: { name?: string | undefined; description?: string | undefined } = {},
  ) => {
    const uuid = componentId(session.id, ++number);
    const { name, description } = meta;
    return {
      uuid,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      url: `${looking.baseUrl}/${folder}/${uuid}`,
      created: new Date(session.createdAt).toISOString(),
    };
  };
  const executable = {
    ...showExecutable(session, looking),
    meta: made("executables", asked.executable?.meta),
    ...lifecycle,
  };
  const computeMeta = made("compute", asked.compute?.meta);

  const ownData = asked.data ?? [];
  const stores = [...(asked.storage ?? []), ...ownData.filter(hasNoStore(asked.storage ?? [])).map(storeFor)];
  const storeMetas = stores.map(({ meta }) => made("storage", meta));
  const dataMetas = ownData.map(({ meta }) => made("data", meta));
  const keeps = (store: Store, data: Data, at: number) =>
    data.storage === undefined
      ? (store.data ?? []).some((one) => isCalled(data, one)) || (store as OwnStore).ownOf === at
      : isCalled(store, data.storage);

  const storage = stores.map((store, index) => {
    const { ownOf: _, ...plain } = store as OwnStore;
    const kept = ownData.flatMap((data, at) => (keeps(store, data, at) ? [dataMetas[at]?.uuid ?? ""] : []));
    return { ...plain, meta: storeMetas[index], ...lifecycle, ...(kept.length === 0 ? {} : { data: kept }) };
  });
  const data = ownData.map((one, at) => {
    const store = stores.findIndex((other) => keeps(other, one, at));
    return { ...one, meta: dataMetas[at], ...lifecycle, storage: storeMetas[store]?.uuid };
  });
  const all = [
    ...stores.map((one, index) => [one, storeMetas[index]?.uuid] as const),
    ...ownData.map((one, index) => [one, dataMetas[index]?.uuid] as const),
  ];
  const volumes = (asked.compute?.volumes ?? []).map((volume: Volume) => ({
    ...volume,
    mode: volume.mode ?? ("READONLY" as const),
    resource: all.find(([one]) => isCalled(one, volume.resource ?? ""))?.[1],
    meta: made("volumes", volume.meta),
  }));
  const { cores, memoryGiB, gpus } = session.resources;
  const compute = {
    kind: kinds.compute.simple,
    meta: computeMeta,
    ...lifecycle,
    ...(volumes.length === 0 ? {} : { volumes }),
    cores: { min: cores, max: cores },
    memory: { min: memoryGiB, max: memoryGiB },
    ...(asked.compute?.gpus === undefined && gpus === 0 ? {} : { gpus: { min: gpus, max: gpus } }),
    ...measured(session.resources, session.endsAt - session.startsAt, ratesOf(session.platform.settings)),
  };
  return {
    executable,
    compute,
    ...(storage.length === 0 ? {} : { storage }),
    ...(data.length === 0 ? {} : { data }),
  };
}

/** A storage made for one data resource, which is at that place. */
type OwnStore = Store & { readonly ownOf?: number };

function hasNoStore(storage: readonly Store[]) {
  return (data: Data): boolean =>
    data.storage === undefined && !storage.some((store) => (store.data ?? []).some((one) => isCalled(data, one)));
}

const storeFor = (data: Data, _: number, all: readonly Data[]): OwnStore => ({
  kind: kinds.storage.simple,
  meta: { name: `Storage for [${data.meta?.name ?? data.meta?.uuid ?? "data"}]` },
  ownOf: all.indexOf(data),
});
