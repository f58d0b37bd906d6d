import { type Answer, json, text } from "./answer.ts";
import { addSession, amount, checkedImage, isRefused, randomWord } from "./create-session.ts";
import type { Parameters } from "./parameters.ts";
import { contextOf } from "./platform.ts";
import { takeFate } from "./scenario.ts";
import { keyOf, statusOf } from "./session.ts";
import { compareSessions, sessionJson } from "./session-json.ts";
import type { User, World } from "./world.ts";

interface Call {
  readonly method: string;
  readonly id: string;
  readonly appId: string | null;
  readonly parameters: Parameters;
}

/** Programs inside a desktop session: `/v1/session/{id}/app` and `…/app/{appID}`. */
export function answerApps(world: World, user: User, { method, id, appId, parameters }: Call): Answer {
  const now = world.clock.now();
  const apps = [...world.sessions.values()].filter(
    (one) => one.id === id && one.appId !== null && one.user === user.name && statusOf(one, now) !== null,
  );
  if (appId === null && method === "POST") return addApp(world, user, id, parameters);
  if (appId === null && method === "GET") return json(apps.sort(compareSessions).map((one) => sessionJson(world, one)));
  const app = apps.find((one) => one.appId === appId);
  if (method === "GET") return app ? json(sessionJson(world, app)) : text(404, `session ${id} not found`);
  if (method !== "DELETE" || appId === null) return text(404, "not found");
  if (app) world.sessions.delete(keyOf(app));
  world.changed();
  return text(200, "");
}

function addApp(world: World, user: User, id: string, parameters: Parameters): Answer {
  const desktop = world.sessions.get(id);
  if (desktop?.user !== user.name || desktop.type !== "desktop" || statusOf(desktop, world.clock.now()) === null)
    return text(404, `session ${id} not found`);
  const context = contextOf(world.platform);
  const image = checkedImage(parameters);
  if (typeof image !== "string") return image;
  const cores = amount(parameters, "cores", context.cores.options);
  if (isRefused(cores)) return cores;
  const ramGiB = amount(parameters, "ram", context.memoryGB.options);
  if (isRefused(ramGiB)) return ramGiB;
  const { delays, fault } = takeFate(world, image, null);
  const app = addSession(world, {
    id,
    appId: randomWord(3),
    user: user.name,
    image,
    type: "desktop-app",
    name: parameters.get("name")?.toLowerCase() ?? desktop.name,
    cores,
    ramGiB,
    gpus: 0,
    delays,
    fault,
    pretends: false,
    command: { cmd: null, args: [], env: [] },
  });
  return text(200, app.appId ?? "");
}
