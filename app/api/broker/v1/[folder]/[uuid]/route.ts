import { type Answer, ok, refused } from "#app/api/broker/answer.ts";
import { notFound, sessionToSee } from "#app/api/broker/found.ts";
import { handle } from "#app/api/broker/handle.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { ofComponent } from "#lib/api/broker/component-id.ts";
import { type ComponentFolder, componentFolders, showComponents } from "#lib/api/broker/show-components.ts";
import type { SchemaName } from "#lib/api/standard/schemas.ts";

const schemaOf: Record<ComponentFolder, SchemaName> = {
  executables: "AbstractExecutable",
  compute: "AbstractComputeResource",
  storage: "AbstractStorageResource",
  data: "AbstractDataResource",
  volumes: "AbstractVolumeMount",
};

/** A component of a session: what its `meta.url` leads to. Whoever may see the session may see it. */
export const GET = handle("read", async (call): Promise<Answer> => {
  const folder = componentFolders.find((one) => one === call.folder);
  const component = ofComponent(call.uuid);
  if (!folder || !component) return refused(notFound("component"));
  const session = await sessionToSee(call, component.sessionId);
  if (!session.ok) return refused(session.error.status === 404 ? notFound("component") : session.error);
  const { executable, compute, storage = [], data = [] } = showComponents(session.value, call.looking);
  const all = { executables: [executable], compute: [compute], storage, data, volumes: compute?.volumes ?? [] };
  const found = all[folder].find((one) => one?.meta?.uuid === call.uuid);
  return found ? ok(schemaOf[folder], found) : refused(notFound("component"));
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
