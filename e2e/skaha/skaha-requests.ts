import type { IncomingMessage } from "node:http";
import { type Answer, json, page, text } from "./answer.ts";
import { authenticate, isUser, refusals, unauthorized } from "./authenticate.ts";
import { availability, capabilities } from "./capabilities.ts";
import { holderOf } from "./client-certificate.ts";
import { createSession } from "./create-session.ts";
import { answerApps } from "./desktop-apps.ts";
import { imagesOf, REGISTRIES } from "./images.ts";
import { withOutage } from "./outage.ts";
import { type Parameters, parametersOf, postedParameters } from "./parameters.ts";
import { contextOf } from "./platform.ts";
import { takeOutage } from "./scenario.ts";
import { changeSession, deleteSession, listSessions, showSession } from "./session-requests.ts";
import type { User, World } from "./world.ts";

/** Everything below `/skaha`. */
export async function answerSkaha(world: World, request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
  const method = request.method ?? "GET";
  return await withOutage(takeOutage(world, method, null), () => answerInOrder(world, request, url, body));
}

async function answerInOrder(world: World, request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
  const path = url.pathname.replace(/^\/skaha/, "").replace(/\/$/, "");
  if (path === "") return page(200, "Skaha", "<p>The session service.</p>");
  if (path === "/availability") return availability(world);
  if (path === "/capabilities") return capabilities(world);
  const rest = /^\/v1\/(.+)$/.exec(path)?.[1];
  if (rest === undefined) return text(404, "not found");
  const user = byCertificate(world, request) ?? (await authenticate(world, request.headers));
  if (!isUser(user)) return user;
  const isPost = request.method === "POST";
  const parameters = isPost ? await postedParameters(request, url, body) : parametersOf(url.searchParams);
  const done = await answerUser(world, user, { request, path: rest, parameters });
  return done.status === 200 ? { ...done, headers: { ...done.headers, "x-vo-authenticated": user.name } } : done;
}

/** Who calls with a certificate and no token, or why they may not; null for everybody else. */
function byCertificate(world: World, request: IncomingMessage): User | Answer | null {
  const holder = request.headers.authorization === undefined ? holderOf(world, request) : null;
  if (holder === null) return null;
  if ("refused" in holder) return unauthorized(world, holder.refused);
  return holder.access === "granted" ? holder : text(403, refusals[holder.access]);
}

interface Call {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly parameters: Parameters;
}

async function answerUser(world: World, user: User, { request, path, parameters }: Call): Promise<Answer> {
  const method = request.method ?? "GET";
  const [noun = "", id = null, app = null, appId = null, ...more] = path.split("/").map(decodeURIComponent);
  if (noun === "session" && more.length === 0) {
    if (id === null) return await answerSessions(world, user, { request, path, parameters });
    if (app === "app") return answerApps(world, user, { method, id, appId, parameters });
    if (app !== null) return text(404, "not found");
    if (method === "GET") return showSession(world, user, id, parameters);
    if (method === "POST") return changeSession(world, user, id, parameters);
    if (method === "DELETE") return deleteSession(world, user, id);
  }
  if (method !== "GET" || id !== null) return text(404, "not found");
  if (noun === "context") return json(contextOf(world.platform));
  if (noun === "repository") return json(REGISTRIES);
  if (noun === "image") {
    const type = parameters.get("type") || null;
    const images = imagesOf(type);
    return images ? json(images) : text(400, `unknown type: ${type}`);
  }
  return text(404, "not found");
}

async function answerSessions(world: World, user: User, { request, parameters }: Call): Promise<Answer> {
  const registrySecret = request.headers["x-skaha-registry-auth"];
  if (request.method === "POST") return await createSession(world, user, parameters, registrySecret?.toString());
  if (request.method === "DELETE") return text(400, "Cannot kill all sessions.");
  return request.method === "GET" ? listSessions(world, user, parameters) : text(404, "not found");
}
