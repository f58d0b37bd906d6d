import type { RunRule } from "#lib/booking/check-choices.ts";
import { type Executable, type ExecutableType, executableTypes } from "#lib/booking/executable.ts";
import { isFrom } from "#lib/booking/images.ts";
import { kinds } from "../standard/kinds.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";
import { atMost } from "./at-most.ts";
import { bareAddress } from "./bare-address.ts";
import { containerMessages } from "./container-messages.ts";
import { webAddress } from "./web-address.ts";

type StandardExecutable = NonNullable<StandardRequest["executable"]>;
type Container = Extract<StandardExecutable, { kind: typeof kinds.executable.dockerContainer }>;

/** What a platform would run for it; without any, the messages say why not. */
export interface PlatformExecutable {
  readonly executable: Executable | null;
  readonly messages: readonly Message[];
}

/** Turns the executable of a request into what can be run on one platform. */
export function executableFor(
  asked: StandardExecutable,
  platform: RunRule & { readonly title: string },
): PlatformExecutable {
  switch (asked.kind) {
    case kinds.executable.jupyterNotebook:
      return notebookFor(asked.location, platform);
    case kinds.executable.dockerContainer:
      return containerFor(asked, platform);
    case kinds.executable.singularityContainer:
      return refuse("{platform} does not run Singularity images ({path}).", { path: "/executable/kind" }, platform);
  }
}

const refuse = (
  template: string,
  values: Record<string, string>,
  { title }: { readonly title: string },
  kind: Message["kind"] = "urn:not-supported",
): PlatformExecutable => ({
  executable: null,
  messages: [{ kind, level: "ERROR", template, values: { ...values, platform: title } }],
});

function notebookFor(location: string | undefined, platform: RunRule & { readonly title: string }): PlatformExecutable {
  const path = "/executable/location";
  const address = location === undefined ? null : webAddress(location);
  if (location !== undefined && address === null) {
    const template =
      "{path}: a notebook is fetched from an http or https address without a password in it, not “{location}”.";
    return refuse(template, { path, location: shown(bareAddress(location)) }, platform, "urn:bad-value");
  }
  const notebook = address === null ? {} : { notebook: address };
  if (!platform.needsImage) return { executable: { type: "notebook", image: null, ...notebook }, messages: [] };
  const image = platform.choices?.images.find(({ types }) => types.includes("notebook"))?.id;
  if (image === undefined) {
    return refuse("{platform} has not said yet which images run notebooks.", { path: "/executable/kind" }, platform);
  }
  const chosen: Message = {
    kind: "urn:default-used",
    level: "INFO",
    template: "On {platform} the notebook runs in the image {image}; a docker-container can name another ({path}).",
    values: { path: "/executable/kind", platform: platform.title, image },
  };
  return { executable: { type: "notebook", image, ...notebook }, messages: [chosen] };
}

function containerFor(asked: Container, platform: RunRule & { readonly title: string }): PlatformExecutable {
  if (!platform.needsImage) {
    return refuse("{platform} does not run container images ({path}).", { path: "/executable/kind" }, platform);
  }
  const locations = (asked.image?.locations ?? [])
    .map((location) => location.trim())
    .filter((location) => location !== "");
  const image = bestOf(locations, platform);
  if (image === undefined) {
    const template = "{path} has to say where the image is.";
    return refuse(template, { path: "/executable/image/locations" }, platform, "urn:missing-required-value");
  }
  const known = platform.choices?.images.find(({ id }) => id === image)?.types;
  const hasVariables = Object.keys(asked.environment ?? {}).length > 0;
  const isProgram = asked.entrypoint !== undefined || (asked.command ?? []).length > 0 || hasVariables;
  const type = isProgram ? "headless" : firstType(known);
  const messages = atMost(containerMessages(asked, platform, type));
  if (locations.length > 1) messages.push(taken(image, platform.title));
  if (isProgram && known && !known.includes("headless")) {
    messages.push({
      kind: "urn:not-supported",
      level: "ERROR",
      template: "On {platform} a command or variables ({path}) go with headless images only, and {image} is not one.",
      values: { path: "/executable/command", platform: platform.title, image: shown(image) },
    });
  }
  if (!known) {
    messages.push({
      kind: "urn:default-used",
      level: "INFO",
      template: "{platform} does not list the image {image} ({path}); it is run as {type}.",
      values: {
        path: `/executable/image/locations/${asked.image?.locations?.findIndex((one) => one.trim() === image)}`,
        platform: platform.title,
        image: shown(image),
        type,
      },
    });
  }
  if (messages.some(({ level }) => level === "ERROR")) return { executable: null, messages };
  const program = {
    ...(asked.entrypoint === undefined ? {} : { command: asked.entrypoint }),
    ...((asked.command ?? []).length === 0 ? {} : { args: asked.command?.join(" ") }),
    ...(hasVariables ? { environment: asked.environment } : {}),
  };
  return { executable: { type, image, ...program }, messages };
}

/** Of several places of one image: the first that the platform lists, or else that is at a host it takes images from, or else the first. */
const bestOf = (locations: readonly string[], { choices }: RunRule): string | undefined =>
  locations.find((location) => choices?.images.some(({ id }) => id === location)) ??
  locations.find((location) => choices?.registries.some((registry) => isFrom(registry, location))) ??
  locations[0];

const taken = (image: string, platform: string): Message => ({
  kind: "urn:default-used",
  level: "INFO",
  template: "Of the places where the image is ({path}), {platform} takes {image}.",
  values: { path: "/executable/image/locations", platform, image: shown(image) },
});

const firstType = (known: readonly string[] | undefined): ExecutableType =>
  executableTypes.find((type) => known?.includes(type)) ?? "notebook";
