import { z } from "zod";
import { component, kindOf, lifecycle, nameValueMap } from "./common.ts";
import { kinds } from "./kinds.ts";

const port = z.int().min(0).max(65_535).meta({ format: "int32" });

export const dockerPlatformSpec = z.strictObject({
  architecture: z.string().meta({ default: "amd64" }).optional(),
  os: z.string().meta({ default: "linux" }).optional(),
});
export const dockerImageSpec = z.strictObject({
  locations: z.array(z.string()).meta({ description: "Where the image is; the first one is taken." }).optional(),
  digest: z.string().meta({ description: "The image's sha256, such as sha256:…" }).optional(),
  platform: dockerPlatformSpec.optional(),
});
export const dockerInternalPort = z.strictObject({ port: port.optional() });
export const dockerExternalPort = z.strictObject({ port: port.optional(), addresses: z.array(z.string()).optional() });
export const dockerNetworkPort = z.strictObject({
  access: z.boolean().meta({ description: "Whether the port becomes one of the session's connectors." }).optional(),
  internal: dockerInternalPort.optional(),
  external: dockerExternalPort.optional(),
  protocol: z.string().meta({ description: "UDP, TCP, HTTP or HTTPS; TCP where it is left out." }).optional(),
  path: z.string().optional(),
});
export const dockerNetworkSpec = z.strictObject({ ports: z.array(dockerNetworkPort).optional() });

export const dockerContainer = z
  .strictObject({
    kind: kindOf(kinds.executable.dockerContainer),
    ...component,
    ...lifecycle,
    image: dockerImageSpec.optional(),
    privileged: z.boolean().meta({ default: false }).optional(),
    command: z.array(z.string()).meta({ description: "Arguments of the image's entry point." }).optional(),
    entrypoint: z.string().meta({ description: "Instead of the image's own entry point." }).optional(),
    environment: nameValueMap.optional(),
    network: dockerNetworkSpec.optional(),
  })
  .meta({ description: "A container image, as on CANFAR." });

export const singularityContainer = z
  .strictObject({
    kind: kindOf(kinds.executable.singularityContainer),
    ...component,
    ...lifecycle,
    location: z.string().meta({ description: "Where the image is." }).optional(),
  })
  .meta({ description: "A Singularity image." });

export const jupyterNotebook = z
  .strictObject({
    kind: kindOf(kinds.executable.jupyterNotebook),
    ...component,
    ...lifecycle,
    location: z.string().meta({ description: "Where the notebook is: it is opened in the session." }).optional(),
  })
  .meta({ description: "A Jupyter notebook." });

export const abstractExecutable = z
  .discriminatedUnion("kind", [dockerContainer, singularityContainer, jupyterNotebook])
  .meta({ description: "What is run." });
