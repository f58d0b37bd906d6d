import { ratesOf } from "#lib/booking/footprint.ts";
import { kinds } from "../standard/kinds.ts";
import type { StandardRequest } from "../standard/requests.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import { componentId } from "./component-id.ts";
import { componentPhase } from "./component-phase.ts";
import { dataWithoutStore, keptIn } from "./kept-in.ts";
import { keptOf } from "./kept-request.ts";
import { measured } from "./measures.ts";
import { referenceIndex } from "./reference-index.ts";
import { isOwners, showExecutable } from "./show-executable.ts";
import { showSchedule } from "./show-schedule.ts";
import { type Looking, type ShownSession, shownPhase } from "./shown-session.ts";
import { storageSizes } from "./storage-sizes.ts";
import { withoutQueries } from "./without-queries.ts";

type Components = Pick<ScheduledSession, "executable" | "compute" | "storage" | "data">;
type Data = NonNullable<StandardRequest["data"]>[number];
type Volume = NonNullable<NonNullable<StandardRequest["compute"]>["volumes"]>[number];

/** Where each component can be read, by what it is. */
export const componentFolders = ["executables", "compute", "storage", "data", "volumes"] as const;
export type ComponentFolder = (typeof componentFolders)[number];

/**
 * The components of a session, as they were asked for: each with an identifier and an address of its own, its name kept, and
 * every reference by the new identifiers, in both directions.
 */
export function showComponents(session: ShownSession, looking: Looking, schedule = showSchedule(session)): Components {
  const asked = keptOf(session.asked).request ?? {};
  const lifecycle = {
    phase: componentPhase(shownPhase(session, looking.now), session.releasedAt !== null),
    schedule,
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

  const { storage: stores = [], data: ownData = [] } = asked;
  const sizes = storageSizes(stores, ownData);
  const alone = dataWithoutStore(stores, ownData);
  const storeMetas = [...stores.map(({ meta }) => meta), ...alone.map((at) => ({ name: nameForOwn(ownData[at]) }))].map(
    (meta) => made("storage", meta),
  );
  const dataMetas = ownData.map(({ meta }) => made("data", meta));
  const kept = keptIn(stores, ownData).map((places) => [...places]);
  for (const [index, at] of alone.entries()) kept[at]?.push(stores.length + index);

  const storage = [...sizes.asked, ...sizes.made].map((size, index) => {
    const inIt = dataMetas.flatMap(({ uuid }, at) => (kept[at]?.includes(index) ? [uuid] : []));
    return {
      kind: kinds.storage.simple,
      meta: storeMetas[index],
      ...lifecycle,
      ...(inIt.length === 0 ? {} : { data: inIt }),
      size: { min: size, max: size },
    };
  });
  const data = ownData.map((one, at) => {
    const { costs: _, metrics: __, ...plain } = isOwners(session, looking) ? one : withoutQueries(one);
    return { ...plain, meta: dataMetas[at], ...lifecycle, storage: storeMetas[kept[at]?.[0] ?? -1]?.uuid };
  });
  const called = referenceIndex([...ownData, ...stores]);
  const all = [...dataMetas, ...storeMetas].map(({ uuid }) => uuid);
  const volumes = (asked.compute?.volumes ?? []).map(({ kind, path, mode, resource, meta }: Volume) => ({
    kind,
    meta: made("volumes", meta),
    ...(path === undefined ? {} : { path }),
    mode: mode ?? ("READONLY" as const),
    resource: all[called(resource ?? "")[0] ?? -1],
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

/** What the storage is called that is made for data without any. */
const nameForOwn = (data: Data | undefined): string =>
  `Storage for [${data?.meta?.name ?? data?.meta?.uuid ?? "data"}]`;
