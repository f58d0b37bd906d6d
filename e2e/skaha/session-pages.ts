import type { IncomingMessage } from "node:http";
import { type Answer, escapeHtml, json, page, redirect } from "./answer.ts";
import { isLinkUp, type Session, statusOf } from "./session.ts";
import type { World } from "./world.ts";

const typeOfPlace = {
  notebook: "notebook",
  carta: "carta",
  desktop: "desktop",
  contrib: "contributed",
  firefly: "firefly",
} as const;

/** Where a request below `/session` goes: to a real server's port, or it is answered here. */
export function findPage(world: World, request: IncomingMessage, url: URL, hasLab: boolean | null): Answer | number {
  const [, place = "", id = "", ...rest] = url.pathname.slice(1).split("/");
  const session = world.sessions.get(id);
  const type = place in typeOfPlace ? typeOfPlace[place as keyof typeof typeOfPlace] : null;
  if (!session || session.type !== type || statusOf(session, world.clock.now()) !== "Running")
    return page(404, "Not Found");
  if (!isLinkUp(session, world.clock.now())) return page(502, "Bad Gateway");
  if (type !== "notebook") return page(200, `${type} session ${session.name}`);
  if (hasLab === null) return fakeNotebook(world, session, request, url, rest.join("/"));
  const labPath = /^lab(\/.*)?$/.exec(rest.join("/"))?.[1]?.replace(/^\/tree/, "");
  if (!hasLab && labPath !== undefined) return redirect(`/session/notebook/${id}/tree${labPath}${url.search}`);
  return world.programs.get(id)?.port() ?? page(502, "Bad Gateway");
}

/** As little of Jupyter as its users' programs look at: the token, the login page, the start page, the end. */
function fakeNotebook(world: World, session: Session, request: IncomingMessage, url: URL, path: string): Answer {
  const base = `/session/notebook/${session.id}/`;
  const cookie = `skaha-notebook-${session.id}=${session.id}`;
  const isKnown =
    url.searchParams.get("token") === session.id ||
    request.headers.authorization === `token ${session.id}` ||
    (request.headers.cookie ?? "").split("; ").includes(cookie);
  if (path === "login") return page(200, "Jupyter: please log in", "<p>Token authentication is enabled.</p>");
  if (!isKnown) return redirect(`${base}login?next=${encodeURIComponent(url.pathname)}`);
  if (path === "api/shutdown" && request.method === "POST") {
    session.ended = { at: world.clock.now(), status: "Completed" };
    world.changed();
    return json({});
  }
  const form = `<form method="post" action="${base}api/shutdown"><button>Shut down</button></form>`;
  const words = `<p>Notebook of ${escapeHtml(session.user)}, session ${escapeHtml(session.name)}.</p>`;
  return page(200, "JupyterLab (simulated)", `${words}${form}`, { "set-cookie": `${cookie}; Path=${base}; HttpOnly` });
}
