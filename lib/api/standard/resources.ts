import { z } from "zod";
import { component, int64, kindOf, lifecycle, uri } from "./common.ts";
import { kinds } from "./kinds.ts";

const range = { min: int64.optional(), max: int64.optional() };

export const simpleComputeCores = z.strictObject(range).meta({
  description: "Cores: the least that will do, the most that can be used; in an offer, what is offered.",
});
export const simpleComputeMemory = z.strictObject(range).meta({ description: "Memory, in GiB." });
export const simpleStorageSize = z.strictObject(range).meta({ description: "Storage, in GiB." });
/** Ours: the standard 1.0 has none. */
export const simpleComputeGpus = z
  .strictObject(range)
  .meta({ description: "Extension: GPUs. Left out: none. An answer has them only where they were asked for." });

export const simpleVolumeMount = z
  .strictObject({
    kind: kindOf(kinds.volume.simple),
    ...component,
    path: z
      .string()
      .meta({ description: "Relative to the session's own folder; an absolute one is refused." })
      .optional(),
    mode: z.enum(["READONLY", "READWRITE"]).meta({ description: "READONLY where it is left out." }).optional(),
    resource: z.string().meta({ description: "Name or uuid of a data or storage resource." }).optional(),
  })
  .meta({ description: "Where a resource is found in the session." });
export const abstractVolumeMount = z.discriminatedUnion("kind", [simpleVolumeMount]);
export const abstractVolumeMountList = z.array(abstractVolumeMount).meta({ xml: { name: "volumes" } });

export const simpleComputeResource = z
  .strictObject({
    kind: kindOf(kinds.compute.simple),
    ...component,
    ...lifecycle,
    volumes: abstractVolumeMountList.optional(),
    cores: simpleComputeCores.optional(),
    memory: simpleComputeMemory.optional(),
    gpus: simpleComputeGpus.optional(),
  })
  .meta({ description: "How big the session is." });
export const abstractComputeResource = z.discriminatedUnion("kind", [simpleComputeResource]);

export const simpleStorageResource = z
  .strictObject({
    kind: kindOf(kinds.storage.simple),
    ...component,
    ...lifecycle,
    data: z.array(z.string()).meta({ description: "Names or uuids of the data resources kept in it." }).optional(),
    size: simpleStorageSize.optional(),
  })
  .meta({ description: "Room for files, for as long as the session lives." });
export const abstractStorageResource = z.discriminatedUnion("kind", [simpleStorageResource]);
export const abstractStorageResourceList = z.array(abstractStorageResource).meta({ xml: { name: "storage" } });

const dataResource = {
  ...component,
  ...lifecycle,
  storage: z.string().meta({ description: "Name or uuid of the storage that it is kept in." }).optional(),
};
const objectType = z.enum(["FILE", "CONTAINER", "DATASET"]);
const text = z.string().optional();

export const simpleDataResource = z
  .strictObject({
    kind: kindOf(kinds.data.simple),
    ...dataResource,
    location: z.string().meta({ description: "Where the data can be downloaded." }).optional(),
  })
  .meta({ description: "A file by its address." });

export const s3DataResource = z
  .strictObject({
    kind: kindOf(kinds.data.s3),
    ...dataResource,
    endpoint: text,
    template: text,
    bucket: text,
    object: z.string().meta({ description: "Left out: the whole bucket." }).optional(),
  })
  .meta({ description: "An object in an S3 store." });

export const rucioDataResourceBlock = z.strictObject({
  endpoint: text,
  scope: text,
  object: text,
  type: objectType.optional(),
});
export const rucioDataResource = z
  .strictObject({ kind: kindOf(kinds.data.rucio), ...dataResource, rucio: rucioDataResourceBlock.optional() })
  .meta({ description: "An object that Rucio knows." });

export const ivoaObsCoreItem = z.strictObject({
  obs_id: text,
  obs_collection: text,
  obs_publisher_did: text,
  obs_creator_did: text,
  dataproduct_type: text,
  calib_level: z.int().meta({ format: "int32", default: 0 }).optional(),
  access_url: text,
  access_format: text,
  access_estsize: z.number().meta({ description: "Extension: the estimated size in kB, as in ObsCore." }).optional(),
});
export const ivoaDataLinkItem = z.strictObject({
  ID: text,
  access_url: text,
  service_def: text,
  error_message: text,
  description: text,
  semantics: text,
  content_type: text,
  content_length: z.int().meta({ format: "int64", description: "In bytes." }).optional(),
  content_qualifier: text,
  local_semantics: text,
  link_auth: text,
  link_authorized: text,
});
export const ivoaDataResourceBlock = z.strictObject({
  ivoid: uri.optional(),
  obscore: ivoaObsCoreItem.optional(),
  datalink: ivoaDataLinkItem.optional(),
});
export const ivoaDataResource = z
  .strictObject({ kind: kindOf(kinds.data.ivoa), ...dataResource, ivoa: ivoaDataResourceBlock.optional() })
  .meta({ description: "Data described by ObsCore and DataLink." });

export const skaoChecksumItem = z.strictObject({ type: text, value: text });
export const skaoReplicaItem = z.strictObject({ rsename: text, dataurl: text });
export const skaoDataResourceBlock = z.strictObject({
  namespace: text,
  objectname: text,
  objecttype: objectType.optional(),
  datasize: int64.optional(),
  checksum: skaoChecksumItem.optional(),
  replicas: z.array(skaoReplicaItem).optional(),
});
export const skaoDataResource = z
  .strictObject({
    kind: kindOf(kinds.data.skao),
    ...dataResource,
    ivoa: ivoaDataResourceBlock.optional(),
    skao: skaoDataResourceBlock.optional(),
  })
  .meta({ description: "Data in the SKAO's data lake." });

export const abstractDataResource = z.discriminatedUnion("kind", [
  simpleDataResource,
  s3DataResource,
  rucioDataResource,
  ivoaDataResource,
  skaoDataResource,
]);
export const abstractDataResourceList = z.array(abstractDataResource).meta({ xml: { name: "data" } });
