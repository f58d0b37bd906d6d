// Made of the OpenAPI document by bin/generate-client.ts: change that, not this.

/**
 * What it costs; in a request, the most that may be spent (max).
 */
export type AbstractCostItem = SimpleMinMaxFloatCost | PlainCostItem;
export type AbstractCostItemList = AbstractCostItem[];
/**
 * How well it performs; in a request, the least that will do (min).
 */
export type AbstractMetricItem = SimpleMinMaxFloatMetric | PlainMetricItem;
export type AbstractMetricItemList = AbstractMetricItem[];
/**
 * Something the caller may change now.
 */
export type AbstractOption = StringValueOption | EnumValueOption | IntegerValueOption | IntegerDeltaOption;
/**
 * A length of time, such as PT1H: weeks, or days, hours, minutes and seconds.
 */
export type ISO8601Duration = string;
/**
 * A time, such as 2026-11-27T14:00:00Z.
 */
export type ISO8601Instant = string;
/**
 * A span of time: start/end or start/duration.
 */
export type ISO8601Interval = string;
/**
 * Where a component is in its life.
 */
export type LifecyclePhase =
  | "INITIALIZING"
  | "WAITING"
  | "PREPARING"
  | "AVAILABLE"
  | "RUNNING"
  | "RELEASING"
  | "COMPLETED"
  | "FAILED"
  | "CANCELLED";
/**
 * What is run.
 */
export type AbstractExecutable = DockerContainer | SingularityContainer | JupyterNotebook;
export type AbstractComputeResource = SimpleComputeResource;
export type AbstractVolumeMount = SimpleVolumeMount;
export type AbstractVolumeMountList = AbstractVolumeMount[];
export type AbstractDataResource =
  | SimpleDataResource
  | S3DataResource
  | RucioDataResource
  | IvoaDataResource
  | SkaoDataResource;
export type AbstractDataResourceList = AbstractDataResource[];
export type AbstractStorageResource = SimpleStorageResource;
export type AbstractStorageResourceList = AbstractStorageResource[];
/**
 * An offer, or the session it became.
 */
export type AbstractExecutionSession = ScheduledExecutionSession | SimpleExecutionSession;
/**
 * Where a session is in its life.
 */
export type SimpleExecutionSessionPhase =
  | "INITIAL"
  | "OFFERED"
  | "ACCEPTED"
  | "WAITING"
  | "PREPARING"
  | "AVAILABLE"
  | "RUNNING"
  | "RELEASING"
  | "COMPLETED"
  | "REJECTED"
  | "EXPIRED"
  | "FAILED"
  | "CANCELLED";
export type SimpleSessionConnectorList = SimpleSessionConnector[];
/**
 * A change of a session: one of its meta.options, chosen.
 */
export type AbstractUpdate = StringValueUpdate | EnumValueUpdate | IntegerValueUpdate | IntegerDeltaUpdate;

export interface SimpleMinMaxFloatCost {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/costs/simple-minmax-float-cost.yaml";
  /**
   * What is measured.
   */
  type?: string;
  /**
   * In words, with the unit.
   */
  description?: string;
  min?: number;
  max?: number;
}
export interface PlainCostItem {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/costs/abstract-cost-item.yaml";
  /**
   * What is measured.
   */
  type?: string;
  /**
   * In words, with the unit.
   */
  description?: string;
}
export interface SimpleMinMaxFloatMetric {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/metrics/simple-minmax-float-metric.yaml";
  /**
   * What is measured.
   */
  type?: string;
  /**
   * In words, with the unit.
   */
  description?: string;
  min?: number;
  max?: number;
}
export interface PlainMetricItem {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/metrics/abstract-metric-item.yaml";
  /**
   * What is measured.
   */
  type?: string;
  /**
   * In words, with the unit.
   */
  description?: string;
}
export interface StringValueOption {
  /**
   * Says which of the structures this is.
   */
  kind: "uri:string-value-option";
  /**
   * What may be changed, such as /phase.
   */
  path: string;
  pattern?: string;
}
export interface EnumValueOption {
  /**
   * Says which of the structures this is.
   */
  kind: "uri:enum-value-option";
  /**
   * What may be changed, such as /phase.
   */
  path: string;
  values: string[];
}
export interface IntegerValueOption {
  /**
   * Says which of the structures this is.
   */
  kind: "uri:integer-value-option";
  /**
   * What may be changed, such as /phase.
   */
  path: string;
  min?: number;
  max?: number;
  units?: string;
}
export interface IntegerDeltaOption {
  /**
   * Says which of the structures this is.
   */
  kind: "uri:integer-delta-option";
  /**
   * What may be changed, such as /phase.
   */
  path: string;
  min?: number;
  max?: number;
  units?: string;
}
/**
 * Who a component is, and what is to be said of it.
 */
export interface ComponentMetadata {
  /**
   * Given by the broker.
   */
  uuid?: string;
  /**
   * Given by the client.
   */
  name?: string;
  /**
   * Where the component can be read.
   */
  url?: string;
  description?: string;
  created?: string;
  modified?: string;
  messages?: MessageItem[];
  options?: AbstractOption[];
}
/**
 * A message to whoever asked.
 */
export interface MessageItem {
  /**
   * What the message is about, such as urn:resource-limit.
   */
  kind?: string;
  time?: string;
  level?: "DEBUG" | "WARN" | "ERROR" | "INFO" | "OTHER";
  /**
   * The sentence with a {name} for each of the values.
   */
  template?: string;
  values?: NameValueMap;
  /**
   * The sentence as people read it.
   */
  message?: string;
}
/**
 * Values by name.
 */
export interface NameValueMap {
  [k: string]: string;
}
export interface LifecycleSchedule {
  preparing?: LifecycleStartDurationInstant;
  available?: LifecycleStartDurationInterval;
  releasing?: LifecycleStartDurationInstant;
}
export interface LifecycleStartDurationInstant {
  start?: ISO8601Instant;
  duration?: ISO8601Duration;
}
export interface LifecycleStartDurationInterval {
  start?: ISO8601Interval;
  duration?: ISO8601Duration;
}
/**
 * A container image, as on CANFAR.
 */
export interface DockerContainer {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/executable/docker-container.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  image?: DockerImageSpec;
  privileged?: boolean;
  /**
   * Arguments of the image's entry point.
   */
  command?: string[];
  /**
   * Instead of the image's own entry point.
   */
  entrypoint?: string;
  environment?: NameValueMap;
  network?: DockerNetworkSpec;
}
export interface DockerImageSpec {
  /**
   * Where the image is; the first one is taken.
   */
  locations?: string[];
  /**
   * The image's sha256, such as sha256:…
   */
  digest?: string;
  platform?: DockerPlatformSpec;
}
export interface DockerPlatformSpec {
  architecture?: string;
  os?: string;
}
export interface DockerNetworkSpec {
  ports?: DockerNetworkPort[];
}
export interface DockerNetworkPort {
  /**
   * Whether the port becomes one of the session's connectors.
   */
  access?: boolean;
  internal?: DockerInternalPort;
  external?: DockerExternalPort;
  /**
   * UDP, TCP, HTTP or HTTPS; TCP where it is left out.
   */
  protocol?: string;
  path?: string;
}
export interface DockerInternalPort {
  port?: number;
}
export interface DockerExternalPort {
  port?: number;
  addresses?: string[];
}
/**
 * A Singularity image.
 */
export interface SingularityContainer {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/executable/singularity-container.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  /**
   * Where the image is.
   */
  location?: string;
}
/**
 * A Jupyter notebook.
 */
export interface JupyterNotebook {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/executable/jupyter-notebook.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  /**
   * Where the notebook is: it is opened in the session.
   */
  location?: string;
}
/**
 * How big the session is.
 */
export interface SimpleComputeResource {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/compute/simple-compute-resource.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  volumes?: AbstractVolumeMountList;
  cores?: SimpleComputeCores;
  memory?: SimpleComputeMemory;
  gpus?: SimpleComputeGpus;
}
/**
 * Where a resource is found in the session.
 */
export interface SimpleVolumeMount {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/volume/simple-volume-mount.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  /**
   * Relative to the session's own folder; an absolute one is refused.
   */
  path?: string;
  /**
   * READONLY where it is left out.
   */
  mode?: "READONLY" | "READWRITE";
  /**
   * Name or uuid of a data or storage resource.
   */
  resource?: string;
}
/**
 * Cores: the least that will do, the most that can be used; in an offer, what is offered.
 */
export interface SimpleComputeCores {
  min?: number;
  max?: number;
}
/**
 * Memory, in GiB.
 */
export interface SimpleComputeMemory {
  min?: number;
  max?: number;
}
/**
 * Extension: GPUs. Left out: none. An answer has them only where they were asked for.
 */
export interface SimpleComputeGpus {
  min?: number;
  max?: number;
}
/**
 * A file by its address.
 */
export interface SimpleDataResource {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/data/simple-data-resource.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  /**
   * Name or uuid of the storage that it is kept in.
   */
  storage?: string;
  /**
   * Where the data can be downloaded.
   */
  location?: string;
}
/**
 * An object in an S3 store.
 */
export interface S3DataResource {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/data/S3-data-resource.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  /**
   * Name or uuid of the storage that it is kept in.
   */
  storage?: string;
  endpoint?: string;
  template?: string;
  bucket?: string;
  /**
   * Left out: the whole bucket.
   */
  object?: string;
}
/**
 * An object that Rucio knows.
 */
export interface RucioDataResource {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/data/rucio-data-resource.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  /**
   * Name or uuid of the storage that it is kept in.
   */
  storage?: string;
  rucio?: RucioDataResourceBlock;
}
export interface RucioDataResourceBlock {
  endpoint?: string;
  scope?: string;
  object?: string;
  type?: "FILE" | "CONTAINER" | "DATASET";
}
/**
 * Data described by ObsCore and DataLink.
 */
export interface IvoaDataResource {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/data/ivoa-data-resource.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  /**
   * Name or uuid of the storage that it is kept in.
   */
  storage?: string;
  ivoa?: IvoaDataResourceBlock;
}
export interface IvoaDataResourceBlock {
  ivoid?: string;
  obscore?: IvoaObsCoreItem;
  datalink?: IvoaDataLinkItem;
}
export interface IvoaObsCoreItem {
  obs_id?: string;
  obs_collection?: string;
  obs_publisher_did?: string;
  obs_creator_did?: string;
  dataproduct_type?: string;
  calib_level?: number;
  access_url?: string;
  access_format?: string;
  /**
   * Extension: the estimated size in kB, as in ObsCore.
   */
  access_estsize?: number;
}
export interface IvoaDataLinkItem {
  ID?: string;
  access_url?: string;
  service_def?: string;
  error_message?: string;
  description?: string;
  semantics?: string;
  content_type?: string;
  /**
   * In bytes.
   */
  content_length?: number;
  content_qualifier?: string;
  local_semantics?: string;
  link_auth?: string;
  link_authorized?: string;
}
/**
 * Data in the SKAO's data lake.
 */
export interface SkaoDataResource {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/data/skao-data-resource.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  /**
   * Name or uuid of the storage that it is kept in.
   */
  storage?: string;
  ivoa?: IvoaDataResourceBlock;
  skao?: SkaoDataResourceBlock;
}
export interface SkaoDataResourceBlock {
  namespace?: string;
  objectname?: string;
  objecttype?: "FILE" | "CONTAINER" | "DATASET";
  datasize?: number;
  checksum?: SkaoChecksumItem;
  replicas?: SkaoReplicaItem[];
}
export interface SkaoChecksumItem {
  type?: string;
  value?: string;
}
export interface SkaoReplicaItem {
  rsename?: string;
  dataurl?: string;
}
/**
 * Room for files, for as long as the session lives.
 */
export interface SimpleStorageResource {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/storage/simple-storage-resource.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: LifecyclePhase;
  schedule?: LifecycleSchedule;
  /**
   * Names or uuids of the data resources kept in it.
   */
  data?: string[];
  size?: SimpleStorageSize;
}
/**
 * Storage, in GiB.
 */
export interface SimpleStorageSize {
  min?: number;
  max?: number;
}
/**
 * What is to be run, how big, and roughly when.
 */
export interface ExecutionRequest {
  meta?: ComponentMetadata;
  executable?: AbstractExecutable;
  compute?: AbstractComputeResource;
  storage?: AbstractStorageResourceList;
  data?: AbstractDataResourceList;
  schedule?: RequestedScheduleBlock;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
}
export interface RequestedScheduleBlock {
  requested?: RequestedScheduleItem;
}
/**
 * For how long, and in which span of time it may start.
 */
export interface RequestedScheduleItem {
  duration?: ISO8601Duration;
  start?: ISO8601Interval;
}
/**
 * An offer of booked time, and the session it becomes.
 */
export interface ScheduledExecutionSession {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/session/scheduled-execution-session.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: SimpleExecutionSessionPhase;
  /**
   * Until when the offer can be accepted; only while it is OFFERED.
   */
  expires?: string;
  executable?: AbstractExecutable;
  compute?: AbstractComputeResource;
  storage?: AbstractStorageResourceList;
  data?: AbstractDataResourceList;
  connectors?: SimpleSessionConnectorList;
  schedule?: ScheduledExecutionSchedule;
}
/**
 * A link to what runs.
 */
export interface SimpleSessionConnector {
  /**
   * What kind of thing the link opens.
   */
  kind?: string;
  status?: "PREPARING" | "AVAILABLE" | "FINISHED";
  protocol?: string;
  /**
   * The link, while it can be used.
   */
  location?: string;
}
export interface ScheduledExecutionSchedule {
  preparing?: ScheduleStartDurationInstant;
  available?: ScheduleStartDurationInterval;
  releasing?: ScheduleStartDurationInstant;
}
export interface ScheduleStartDurationInstant {
  start?: ISO8601Instant;
  duration?: ISO8601Duration;
}
export interface ScheduleStartDurationInterval {
  start?: ISO8601Interval;
  duration?: ISO8601Duration;
}
/**
 * A session without a booked time.
 */
export interface SimpleExecutionSession {
  /**
   * Says which of the structures this is.
   */
  kind: "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds/session/simple-execution-session.yaml";
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  phase?: SimpleExecutionSessionPhase;
  /**
   * Until when the offer can be accepted; only while it is OFFERED.
   */
  expires?: string;
  executable?: AbstractExecutable;
  compute?: AbstractComputeResource;
  storage?: AbstractStorageResourceList;
  data?: AbstractDataResourceList;
  connectors?: SimpleSessionConnectorList;
}
/**
 * The answer to a request.
 */
export interface OfferSetResponse {
  kind?: string;
  meta?: ComponentMetadata;
  costs?: AbstractCostItemList;
  metrics?: AbstractMetricItemList;
  /**
   * Whether there are offers; of a NO, meta.messages says why.
   */
  result?: "YES" | "NO";
  description?: string;
  offers?: AbstractExecutionSession[];
}
export interface StringValueUpdate {
  /**
   * Says which of the structures this is.
   */
  kind: "uri:string-value-update";
  /**
   * What is changed: /phase, or what the session's options name.
   */
  path: string;
  value: string;
}
export interface EnumValueUpdate {
  /**
   * Says which of the structures this is.
   */
  kind: "uri:enum-value-update";
  /**
   * What is changed: /phase, or what the session's options name.
   */
  path: string;
  value: string;
}
export interface IntegerValueUpdate {
  /**
   * Says which of the structures this is.
   */
  kind: "uri:integer-value-update";
  /**
   * What is changed: /phase, or what the session's options name.
   */
  path: string;
  value: number;
  units?: string;
}
export interface IntegerDeltaUpdate {
  /**
   * Says which of the structures this is.
   */
  kind: "uri:integer-delta-update";
  /**
   * What is changed: /phase, or what the session's options name.
   */
  path: string;
  delta: number;
  units?: string;
}
/**
 * Offer sets, the newest first.
 */
export interface OfferSetList {
  items: OfferSetResponse[];
  /**
   * The address of the next page; left out on the last one.
   */
  next?: string;
}
/**
 * The window of one platform, slot by slot.
 */
export interface PlatformSlots {
  /**
   * Its name.
   */
  platform: string;
  title: string;
  /**
   * The project that bookings there count for.
   */
  project: string;
  slot: ISO8601Duration;
  total: ResourceAmounts;
  slots: SlotAvailability[];
}
/**
 * Amounts of cores, memory and GPUs.
 */
export interface ResourceAmounts {
  cores: number;
  /**
   * In GiB.
   */
  memory: number;
  gpus: number;
}
/**
 * One slot: the most that the caller could have in it.
 */
export interface SlotAvailability {
  start: string;
  free: ResourceAmounts;
  /**
   * Why nothing can be booked then; left out where it can.
   */
  closed?: string;
}
/**
 * Why a request could not be answered (RFC 9457).
 */
export interface ProblemDetails {
  /**
   * The kind of problem: about:blank, or a page about it.
   */
  type: string;
  title: string;
  status: number;
  /**
   * What is wrong, in a sentence.
   */
  detail: string;
  instance?: string;
  /**
   * The same as a word for programs, such as OFFER_EXPIRED.
   */
  code?: string;
  /**
   * The place in what was sent, as a JSON pointer.
   */
  path?: string;
  /**
   * The parameter of the address that cannot be right.
   */
  parameter?: string;
  /**
   * The line of the body, from 1.
   */
  line?: number;
  /**
   * The column in that line, from 1.
   */
  column?: number;
  /**
   * The phase the session is in.
   */
  phase?: string;
  /**
   * What may be asked for instead.
   */
  allowed?: string[];
  messages?: MessageItem[];
}
/**
 * What one event of a session's stream says: read the session to see the rest.
 */
export interface SessionEvent {
  uuid: string;
  phase: string;
  modified: string;
}
/**
 * Sessions, the newest first. No link to what runs is in a list.
 */
export interface SessionList {
  items: AbstractExecutionSession[];
  /**
   * The address of the next page; left out on the last one.
   */
  next?: string;
}
/**
 * What can be booked, by platform.
 */
export interface SlotList {
  platforms: PlatformSlots[];
}

/** Every operation by its name. */
export interface Operations {
  /** Ask for offers. */
  ExecutionRequest: {
    method: "POST";
    path: "/requests";
    query: { platform?: string; project?: string };
    body: ExecutionRequest;
    answer: OfferSetResponse;
  };
  /** Book without offers. */
  DirectExecution: {
    method: "POST";
    path: "/direct";
    query: { platform?: string; project?: string };
    body: ExecutionRequest;
    answer: AbstractExecutionSession;
  };
  /** Read an offer set. */
  OfferSetSelect: {
    method: "GET";
    path: "/offersets/{uuid}";
    query: Record<never, never>;
    body: undefined;
    answer: OfferSetResponse;
  };
  /** Read an offer or session. */
  SessionSelect: {
    method: "GET";
    path: "/sessions/{uuid}";
    query: Record<never, never>;
    body: undefined;
    answer: AbstractExecutionSession;
  };
  /** Accept, reject, cancel or extend. */
  SessionUpdate: {
    method: "POST";
    path: "/sessions/{uuid}";
    query: Record<never, never>;
    body: AbstractUpdate;
    answer: AbstractExecutionSession;
  };
  /** List your offer sets. */
  OfferSetList: {
    method: "GET";
    path: "/offersets";
    query: { from?: string; to?: string; limit?: number; cursor?: string; everybody?: boolean };
    body: undefined;
    answer: OfferSetList;
  };
  /** List your offers and sessions. */
  SessionList: {
    method: "GET";
    path: "/sessions";
    query: {
      phase?: SimpleExecutionSessionPhase[];
      from?: string;
      to?: string;
      limit?: number;
      cursor?: string;
      everybody?: boolean;
    };
    body: undefined;
    answer: SessionList;
  };
  /** Follow a session. */
  SessionEvents: {
    method: "GET";
    path: "/sessions/{uuid}/events";
    query: Record<never, never>;
    body: undefined;
    answer: unknown;
  };
  /** Read what is run. */
  ExecutableSelect: {
    method: "GET";
    path: "/executables/{uuid}";
    query: Record<never, never>;
    body: undefined;
    answer: AbstractExecutable;
  };
  /** Read the compute resource. */
  ComputeSelect: {
    method: "GET";
    path: "/compute/{uuid}";
    query: Record<never, never>;
    body: undefined;
    answer: AbstractComputeResource;
  };
  /** Read a volume. */
  VolumeSelect: {
    method: "GET";
    path: "/volumes/{uuid}";
    query: Record<never, never>;
    body: undefined;
    answer: AbstractVolumeMount;
  };
  /** Read a storage resource. */
  StorageSelect: {
    method: "GET";
    path: "/storage/{uuid}";
    query: Record<never, never>;
    body: undefined;
    answer: AbstractStorageResource;
  };
  /** Read a data resource. */
  DataSelect: {
    method: "GET";
    path: "/data/{uuid}";
    query: Record<never, never>;
    body: undefined;
    answer: AbstractDataResource;
  };
  /** See what is free. */
  SlotList: {
    method: "GET";
    path: "/slots";
    query: { platform?: string };
    body: undefined;
    answer: SlotList;
  };
  /** What this service can do (VOSI). */
  VosiCapabilities: {
    method: "GET";
    path: "/capabilities";
    query: Record<never, never>;
    body: undefined;
    answer: unknown;
  };
  /** Whether this service works (VOSI). */
  VosiAvailability: {
    method: "GET";
    path: "/availability";
    query: Record<never, never>;
    body: undefined;
    answer: unknown;
  };
  /** This description in JSON. */
  OpenApiJson: {
    method: "GET";
    path: "/openapi.json";
    query: Record<never, never>;
    body: undefined;
    answer: unknown;
  };
  /** This description in YAML. */
  OpenApiYaml: {
    method: "GET";
    path: "/openapi.yaml";
    query: Record<never, never>;
    body: undefined;
    answer: unknown;
  };
}
