import type { SchemaName } from "#lib/api/standard/schemas.ts";
import type { Operation, OperationResponse } from "./operation.ts";
import type { ProblemStatus } from "./problems.ts";

const reading: readonly ProblemStatus[] = [400, 401, 403, 405, 406, 429, 500, 503];
/** No token is looked at, and nothing counted. */
const anonymous: readonly ProblemStatus[] = [405, 500];

const unchanged: OperationResponse = { description: "Nothing changed.", headers: ["ETag"] };

const component = (path: string, operationId: string, what: string, schema: SchemaName): Operation => ({
  path: `/${path}/{uuid}`,
  method: "get",
  operationId,
  tag: "Components",
  summary: `Read ${what}`,
  description: `${what[0]?.toUpperCase()}${what.slice(1)} of an offer or session: what its \`meta.url\` leads to.`,
  isExtension: true,
  scope: "read",
  parameters: ["ComponentUuid", "IfNoneMatch"],
  responses: {
    200: { description: "The component.", schema, headers: ["ETag"] },
    304: unchanged,
  },
  problems: [...reading, 404],
});

const FOR_TOOLS = "For generators of clients, for test tools, and for whoever likes to read it.";
const document = (
  path: string,
  operationId: string,
  only: string,
  summary: string,
  description: string,
): Operation => ({
  path,
  method: "get",
  operationId,
  tag: "Service",
  summary,
  description,
  isExtension: true,
  scope: null,
  parameters: [],
  responses: { 200: { description: "The document.", only } },
  problems: anonymous,
});

/** What the standard 1.0 does not have: lists, components by their address, the slots, events, and the service's own documents. */
export const extensionOperations: readonly Operation[] = [
  {
    path: "/offersets",
    method: "get",
    operationId: "OfferSetList",
    tag: "Requests",
    summary: "List your offer sets",
    description: "The newest first. `from` and `to` are about when they were asked for.",
    isExtension: true,
    scope: "read",
    parameters: ["From", "To", "Limit", "Cursor", "Everybody", "IfNoneMatch"],
    responses: {
      200: { description: "A page of offer sets.", schema: "OfferSetList", headers: ["Link", "ETag"] },
      304: unchanged,
    },
    problems: reading,
  },
  {
    path: "/sessions",
    method: "get",
    operationId: "SessionList",
    tag: "Sessions",
    summary: "List your offers and sessions",
    description:
      "The newest first. `from` and `to` are about when they start. Links to what runs are not in a list: read the session itself.",
    isExtension: true,
    scope: "read",
    parameters: ["Phase", "From", "To", "Limit", "Cursor", "Everybody", "IfNoneMatch"],
    responses: {
      200: { description: "A page of sessions.", schema: "SessionList", headers: ["Link", "ETag"] },
      304: unchanged,
    },
    problems: reading,
  },
  {
    path: "/sessions/{uuid}/events",
    method: "get",
    operationId: "SessionEvents",
    tag: "Sessions",
    summary: "Follow a session",
    description:
      "A stream of server-sent events: a `session` event at once and after each change, its data a SessionEvent. Then read the session with `If-None-Match`. The stream may end at any time: connect again.",
    isExtension: true,
    scope: "read",
    parameters: ["SessionUuid"],
    responses: { 200: { description: "The stream.", schema: "SessionEvent", only: "text/event-stream" } },
    problems: [401, 403, 404, 405, 429, 500, 503],
  },
  component("executables", "ExecutableSelect", "what is run", "AbstractExecutable"),
  component("compute", "ComputeSelect", "the compute resource", "AbstractComputeResource"),
  component("volumes", "VolumeSelect", "a volume", "AbstractVolumeMount"),
  component("storage", "StorageSelect", "a storage resource", "AbstractStorageResource"),
  component("data", "DataSelect", "a data resource", "AbstractDataResource"),
  {
    path: "/slots",
    method: "get",
    operationId: "SlotList",
    tag: "Availability",
    summary: "See what is free",
    description:
      "The window of each platform, slot by slot: the most that you could have in it, with what is booked and your limits taken off. Nothing is promised by it: an offer is.",
    isExtension: true,
    scope: "read",
    parameters: ["SlotsPlatform", "IfNoneMatch"],
    responses: {
      200: { description: "The slots.", schema: "SlotList", headers: ["ETag"] },
      304: unchanged,
    },
    problems: [...reading, 404],
  },
  document(
    "/capabilities",
    "VosiCapabilities",
    "application/xml",
    "What this service can do (VOSI)",
    "Which interfaces there are, at which addresses, and how one signs in for them.",
  ),
  document(
    "/availability",
    "VosiAvailability",
    "application/xml",
    "Whether this service works (VOSI)",
    "Whether requests are answered now, and since when the web server runs.",
  ),
  document("/openapi.json", "OpenApiJson", "application/json", "This description in JSON", FOR_TOOLS),
  document("/openapi.yaml", "OpenApiYaml", "application/yaml", "This description in YAML", FOR_TOOLS),
];
