import type { z } from "zod";
import * as common from "./common.ts";
import * as executables from "./executables.ts";
import * as extensions from "./extensions.ts";
import * as requests from "./requests.ts";
import * as resources from "./resources.ts";
import * as sessions from "./sessions.ts";
import * as updates from "./updates.ts";

/**
 * Every schema by the name it has in the OpenAPI document: the standard's own name wherever it has one. What a name stands for
 * is written down once, here; the document, the XML and the fuzz suite are made of it.
 */
export const schemas = {
  AbstractCostItem: common.abstractCostItem,
  AbstractCostItemList: common.abstractCostItemList,
  AbstractMetricItem: common.abstractMetricItem,
  AbstractMetricItemList: common.abstractMetricItemList,
  AbstractOption: common.abstractOption,
  ComponentMetadata: common.componentMetadata,
  EnumValueOption: common.enumValueOption,
  ISO8601Duration: common.iso8601Duration,
  ISO8601Instant: common.iso8601Instant,
  ISO8601Interval: common.iso8601Interval,
  IntegerDeltaOption: common.integerDeltaOption,
  IntegerValueOption: common.integerValueOption,
  LifecyclePhase: common.lifecyclePhase,
  LifecycleSchedule: common.lifecycleSchedule,
  LifecycleStartDurationInstant: common.lifecycleStartDurationInstant,
  LifecycleStartDurationInterval: common.lifecycleStartDurationInterval,
  MessageItem: common.messageItem,
  NameValueMap: common.nameValueMap,
  PlainCostItem: common.plainCostItem,
  PlainMetricItem: common.plainMetricItem,
  SimpleMinMaxFloatCost: common.simpleMinMaxFloatCost,
  SimpleMinMaxFloatMetric: common.simpleMinMaxFloatMetric,
  StringValueOption: common.stringValueOption,

  AbstractExecutable: executables.abstractExecutable,
  DockerContainer: executables.dockerContainer,
  DockerExternalPort: executables.dockerExternalPort,
  DockerImageSpec: executables.dockerImageSpec,
  DockerInternalPort: executables.dockerInternalPort,
  DockerNetworkPort: executables.dockerNetworkPort,
  DockerNetworkSpec: executables.dockerNetworkSpec,
  DockerPlatformSpec: executables.dockerPlatformSpec,
  JupyterNotebook: executables.jupyterNotebook,
  SingularityContainer: executables.singularityContainer,

  AbstractComputeResource: resources.abstractComputeResource,
  AbstractDataResource: resources.abstractDataResource,
  AbstractDataResourceList: resources.abstractDataResourceList,
  AbstractStorageResource: resources.abstractStorageResource,
  AbstractStorageResourceList: resources.abstractStorageResourceList,
  AbstractVolumeMount: resources.abstractVolumeMount,
  AbstractVolumeMountList: resources.abstractVolumeMountList,
  IvoaDataLinkItem: resources.ivoaDataLinkItem,
  IvoaDataResource: resources.ivoaDataResource,
  IvoaDataResourceBlock: resources.ivoaDataResourceBlock,
  IvoaObsCoreItem: resources.ivoaObsCoreItem,
  RucioDataResource: resources.rucioDataResource,
  RucioDataResourceBlock: resources.rucioDataResourceBlock,
  S3DataResource: resources.s3DataResource,
  SimpleComputeCores: resources.simpleComputeCores,
  SimpleComputeGpus: resources.simpleComputeGpus,
  SimpleComputeMemory: resources.simpleComputeMemory,
  SimpleComputeResource: resources.simpleComputeResource,
  SimpleDataResource: resources.simpleDataResource,
  SimpleStorageResource: resources.simpleStorageResource,
  SimpleStorageSize: resources.simpleStorageSize,
  SimpleVolumeMount: resources.simpleVolumeMount,
  SkaoChecksumItem: resources.skaoChecksumItem,
  SkaoDataResource: resources.skaoDataResource,
  SkaoDataResourceBlock: resources.skaoDataResourceBlock,
  SkaoReplicaItem: resources.skaoReplicaItem,

  ExecutionRequest: requests.executionRequest,
  RequestedScheduleBlock: requests.requestedScheduleBlock,
  RequestedScheduleItem: requests.requestedScheduleItem,

  AbstractExecutionSession: sessions.abstractExecutionSession,
  OfferSetResponse: sessions.offerSetResponse,
  ScheduleStartDurationInstant: sessions.scheduleStartDurationInstant,
  ScheduleStartDurationInterval: sessions.scheduleStartDurationInterval,
  ScheduledExecutionSchedule: sessions.scheduledExecutionSchedule,
  ScheduledExecutionSession: sessions.scheduledExecutionSession,
  SimpleExecutionSession: sessions.simpleExecutionSession,
  SimpleExecutionSessionPhase: sessions.simpleExecutionSessionPhase,
  SimpleSessionConnector: sessions.simpleSessionConnector,
  SimpleSessionConnectorList: sessions.simpleSessionConnectorList,

  AbstractUpdate: updates.abstractUpdate,
  EnumValueUpdate: updates.enumValueUpdate,
  IntegerDeltaUpdate: updates.integerDeltaUpdate,
  IntegerValueUpdate: updates.integerValueUpdate,
  StringValueUpdate: updates.stringValueUpdate,

  OfferSetList: extensions.offerSetList,
  PlatformSlots: extensions.platformSlots,
  ProblemDetails: extensions.problemDetails,
  ResourceAmounts: extensions.resourceAmounts,
  SessionEvent: extensions.sessionEvent,
  SessionList: extensions.sessionList,
  SlotAvailability: extensions.slotAvailability,
  SlotList: extensions.slotList,
} as const satisfies Record<string, z.ZodType>;

export type SchemaName = keyof typeof schemas;
