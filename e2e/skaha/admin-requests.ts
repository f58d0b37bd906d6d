import type { IncomingMessage } from "node:http";
import { actions } from "./admin-actions.ts";
import { type ActionName, bodies, wrongInWords } from "./admin-bodies.ts";
import { type Answer, answer, json, text } from "./answer.ts";
import { compareSessions, sessionJson } from "./session-json.ts";
import type { World } from "./world.ts";

/** Everything below `/admin`: `reset` is more than a change of the world, so it is passed in. */
export async function answerAdmin(
  world: World,
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  reset: () => Promise<void>,
): Promise<Answer> {
  const name = url.pathname.replace(/^\/admin\/?/, "");
  if (request.method === "GET" && name === "requests") return json(world.requests);
  if (request.method === "GET" && name === "sessions") return json(sessionsForAdmin(world));
  if (request.method === "GET" && name === "ca")
    return answer(200, "application/x-pem-file", world.authority.certificate);
  if (request.method !== "POST" || !(name in actions)) return text(404, "There is no such administration request.");
  // A page in somebody's browser cannot send this without being asked first.
  if (!(request.headers["content-type"] ?? "").startsWith("application/json"))
    return text(400, "The body must be application/json.");
  const given = parse(body);
  if (given === undefined) return text(400, "The body is not JSON.");
  const done = act(world, name as ActionName, given);
  if (name === "reset" && done.status === 200) await reset();
  return done;
}

/** Does one action with a body that may be anything. */
export function act(world: World, name: ActionName, given: unknown): Answer {
  const parsed = bodies[name].safeParse(given);
  if (!parsed.success) return text(400, wrongInWords(parsed.error));
  const done = (actions[name] as (world: World, body: unknown) => object)(world, parsed.data);
  if ("refused" in done) return text(400, String(done.refused));
  world.changed();
  return json(done);
}

export const sessionsForAdmin = (world: World) =>
  [...world.sessions.values()].sort(compareSessions).map((one) => ({
    ...sessionJson(world, one),
    fault: one.fault,
    delays: one.delays,
    pid: world.programs.get(one.id)?.pid() ?? null,
  }));

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8") || "{}");
  } catch {
    return undefined; // the caller answers that it is not JSON
  }
}
