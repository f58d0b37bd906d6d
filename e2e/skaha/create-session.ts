import { randomInt } from "node:crypto";
import { type Answer, text, unexpected } from "./answer.ts";
import { programFor } from "./headless-command.ts";
import { isListed, REGISTRIES } from "./images.ts";
import { withOutage } from "./outage.ts";
import type { Parameters } from "./parameters.ts";
import { contextOf } from "./platform.ts";
import { takeFate, takeOutage, takeStorageTrouble } from "./scenario.ts";
import { isInteractive, isSessionType, keyOf, type Session, type SessionType, statusOf } from "./session.ts";
import type { User, World } from "./world.ts";

const NO_REGISTRY_SECRET =
  "No authentication provided for unknown or private image.  " +
  "Use x-skaha-registry-auth request header with base64Encode(username:secret).";
const precisions = ["second", "minute", "millisecond"] as const;

interface Asked {
  readonly image: string;
  readonly type: SessionType;
  readonly cores: number | null;
  readonly ramGiB: number | null;
  readonly name: string;
  readonly gpus: number;
  readonly registrySecret: string | null;
}

/** `POST /v1/session`: the checks of section 1.3 in their order, the first failure is the answer. */
export async function createSession(
  world: World,
  user: User,
  parameters: Parameters,
  registryHeader: string | undefined,
): Promise<Answer> {
  const asked = check(world, user, parameters, registryHeader);
  if ("status" in asked) return asked;
  return await withOutage(takeOutage(world, "POST", asked.image), () => launch(world, user, asked, parameters));
}

function check(world: World, user: User, parameters: Parameters, registryHeader: string | undefined): Asked | Answer {
  const context = contextOf(world.platform);
  const image = checkedImage(parameters);
  if (typeof image !== "string") return image;
  const given = parameters.get("type") ?? "headless";
  const type = given.toLowerCase();
  if (!isSessionType(type)) return text(400, `Invalid session type: ${given}`);
  const cores = amount(parameters, "cores", context.cores.options);
  if (isRefused(cores)) return cores;
  const ramGiB = amount(parameters, "ram", context.memoryGB.options);
  if (isRefused(ramGiB)) return ramGiB;
  const name = parameters.get("name");
  if (name === null) return text(400, "Missing parameter 'name'");
  if (!/^[A-Za-z0-9-]+$/.test(name)) return text(400, "name can only contain alpha-numeric chars and '-'");
  const limit = user.limit ?? world.platform.limit;
  if (type !== "headless" && activeSessions(world, user.name) >= limit)
    return text(400, `User ${user.name} has reached the maximum of ${limit} active sessions.`);
  const gpus = parameters.get("gpus");
  if (gpus !== null && !(/^\d+$/.test(gpus) && context.gpus.options.includes(Number(gpus))))
    return text(400, `Invalid value for 'gpus': ${gpus}`);
  if (takeStorageTrouble(world, image)) return unexpected("the home directory cannot be made");
  if (!registryHeader && !isListed(image)) return text(400, NO_REGISTRY_SECRET);
  const registrySecret = registryHeader ? secretOf(registryHeader) : null;
  return { image, type, cores, ramGiB, name: name.toLowerCase(), gpus: Number(gpus ?? 0), registrySecret };
}

/** Rules 1 and 2. Only the beginning is compared, as on the platform. */
export function checkedImage(parameters: Parameters): string | Answer {
  const image = parameters.get("image");
  if (image === null) return text(400, "Missing parameter 'image'");
  if (image === "") return text(400, "image is required");
  if (!REGISTRIES.some((host) => image.startsWith(host)))
    return text(400, `session image '${image}' must come from one of [${REGISTRIES.join(", ")}]`);
  return image;
}

/** Rules 4 and 5: a number whose integer part is among the options. */
export function amount(parameters: Parameters, name: string, options: readonly number[]): number | null | Answer {
  const given = parameters.get(name);
  if (given === null) return null;
  const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
  return options.includes(Math.trunc(value)) ? value : text(400, `Invalid value for '${name}': ${given}`);
}

export const isRefused = (one: number | null | Answer): one is Answer => one !== null && typeof one === "object";

const activeSessions = (world: World, user: string) =>
  [...world.sessions.values()].filter(
    (one) =>
      one.user === user &&
      isInteractive(one) &&
      ["Running", "Pending"].includes(statusOf(one, world.clock.now()) ?? ""),
  ).length;

const secretOf = (header: string) => Buffer.from(header, "base64").toString("utf8").split(":").slice(1).join(":");

async function launch(world: World, user: User, asked: Asked, parameters: Parameters): Promise<Answer> {
  if (asked.type === "desktop-app") return unexpected("desktop-app cannot be launched here");
  if (asked.name.length > 63 || asked.name.endsWith("-")) return unexpected(`Invalid host name: ${asked.name}`);
  const fate = takeFate(world, asked.image, asked.registrySecret);
  const { createAfterMs = 0, answerAfterMs = 0 } = fate.slow ?? {};
  if (!(await world.pause(createAfterMs))) return unexpected("shutting down");
  const isHeadless = asked.type === "headless";
  const command = {
    cmd: isHeadless ? parameters.get("cmd") : null,
    args: isHeadless ? (parameters.get("args") ?? "").split(" ").filter((word) => word !== "") : [],
    env: isHeadless ? parameters.all("env") : [],
  };
  const session = addSession(world, {
    id: freeId(world),
    appId: null,
    user: user.name,
    ...asked,
    pretends: isHeadless && programFor(command) === null,
    command,
    delays: fate.delays,
    fault: fate.fault,
  });
  if (!(await world.pause(answerAfterMs - createAfterMs))) return unexpected("shutting down");
  return text(200, session.id);
}

type Made = "createdAt" | "precision" | "renewedUntil" | "ended" | "deletedAt";

export function addSession(world: World, given: Omit<Session, Made>): Session {
  const session: Session = {
    id: given.id,
    appId: given.appId,
    user: given.user,
    image: given.image,
    type: given.type,
    name: given.name,
    cores: given.cores,
    ramGiB: given.ramGiB,
    gpus: given.gpus,
    createdAt: world.clock.now(),
    delays: given.delays,
    fault: given.fault,
    precision: precisions[world.made % precisions.length] ?? "second",
    pretends: given.pretends,
    command: given.command,
    renewedUntil: null,
    ended: null,
    deletedAt: null,
  };
  world.made += 1;
  world.sessions.set(keyOf(session), session);
  world.changed();
  return session;
}

const letters = "abcdefghijklmnopqrstuvwxyz";

export const randomWord = (length: number): string =>
  Array.from({ length }, (_, index) => {
    const from = index === 0 ? letters : `${letters}0123456789`;
    return from[randomInt(from.length)];
  }).join("");

function freeId(world: World): string {
  const id = randomWord(8);
  return world.sessions.has(id) ? freeId(world) : id;
}
