import { kinds } from "#lib/api/standard/kinds.ts";
import { isObject } from "../media/json-value.ts";
import { type Component, move, openComponent, put } from "./component.ts";
import { dockerImage } from "./docker-image.ts";
import { dockerNetwork } from "./docker-network.ts";
import { leftOut, mayDiffer, type Notes, refuse } from "./notes.ts";
import { close, open, type Placed, take } from "./placed.ts";

/** What runs, from its older shapes: a notebook by `notebook`, a container by the parts of its image's name. */
export function normaliseExecutable(sent: Placed, notes: Notes): Placed {
  const component = openComponent(sent, notes);
  if (component === null) return sent;
  dropOutput(component, notes);
  switch (component.fields.get("kind")?.value) {
    case kinds.executable.jupyterNotebook:
      notebook(component, notes);
      break;
    case kinds.executable.dockerContainer:
      dockerImage(component, notes);
      dockerNetwork(component, notes);
      break;
    case kinds.executable.singularityContainer:
      move(component.fields, "image", "location", notes);
      break;
  }
  return { ...sent, value: close(component.fields) };
}

/** Where to connect was once part of the executable, in answers that clients sent back. */
function dropOutput({ fields }: Component, notes: Notes): void {
  for (const key of ["access", "endpoint"]) {
    const field = take(fields, key);
    if (field !== undefined) leftOut(notes, field.path, key, "a session says where to connect in its “connectors”");
  }
}

/** `notebook`, a string or an object with `file`, is `location`; packages to install have no place in version 1.0. */
function notebook({ fields }: Component, notes: Notes): void {
  const sent = take(fields, "notebook");
  const parts = sent !== undefined && isObject(sent.value) ? open(sent.value, sent.path) : new Map<string, Placed>();
  const file = parts.size === 0 ? sent : take(parts, "file");
  if (file !== undefined) {
    const used = file === sent ? "notebook" : "notebook/file";
    put(fields, "location", file, { used, instead: "location", notes });
  }
  for (const requirements of [take(fields, "requirements"), take(parts, "requirements")]) {
    if (requirements !== undefined) refuseRequirements(requirements, notes);
  }
  for (const [key, { path }] of parts) mayDiffer(notes, path, `notebook/${key}`, "a notebook has only its “location”");
}

function refuseRequirements({ value, path }: Placed, notes: Notes): void {
  if (value === "" || (typeof value === "object" && Object.keys(value ?? {}).length === 0)) {
    leftOut(notes, path, "requirements", "there are none");
    return;
  }
  const template =
    "Packages are not installed for a notebook: {used}. Use an image that has them, as a docker-container, instead.";
  refuse(notes, "urn:not-supported", { path, used: value, template });
}
