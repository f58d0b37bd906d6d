import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { API_PATH } from "#lib/api/base-url.ts";

// Tests ask as often as they like; what is told to whoever asks too often has a test of its own.
for (const kind of ["READS", "WRITES", "REFUSALS"]) process.env[`MERIDIAN_API_${kind}_PER_SECOND`] ??= "0";

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>;
interface Route {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly file: string;
}

const folder = path.join(import.meta.dirname, "..", "v1");

const rank = ({ names, file }: Route): number => (file.includes("[...") ? 100 : names.length);

/** Every route of the API, found as Next finds them: the most precise first. */
export const routes: readonly Route[] = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => toRoute(path.dirname(file), path.join(folder, file)))
  .sort((a, b) => rank(a) - rank(b));

function toRoute(address: string, file: string): Route {
  const names: string[] = [];
  const source = address
    .split(path.sep)
    .map((part) => {
      const [, rest, name] = /^\[{1,2}(\.\.\.)?(\w+)\]{1,2}$/.exec(part) ?? [];
      if (name === undefined) return part.replaceAll(".", "\\.");
      names.push(name);
      return rest ? "(.*)" : "([^/]+)";
    })
    .join("/");
  return { pattern: new RegExp(`^${source}$`), names, file };
}

/** The older addresses, as next.config.mjs leads them to the newer ones. */
const configFile = pathToFileURL(path.join(import.meta.dirname, "..", "..", "..", "..", "next.config.mjs"));
const { default: config } = (await import(configFile.href)) as {
  default: { rewrites: () => Promise<{ beforeFiles: { source: string; destination: string }[] }> };
};
const { beforeFiles } = await config.rewrites();

function rewritten(pathname: string): string {
  for (const { source, destination } of beforeFiles) {
    const match = new RegExp(`^${source.replace(":uuid", "([^/]+)")}$`).exec(pathname);
    if (match) return destination.replace(":uuid", match[1] ?? "");
  }
  return pathname;
}

/** Calls the API as a web server would, without one. `where` is what follows the API's own address, such as "/sessions". */
export async function callApi(
  method: string,
  where: string,
  init: RequestInit & { token?: string } = {},
): Promise<Response> {
  const { token, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  const request = new Request(`http://127.0.0.1:3000${API_PATH}${where}`, {
    ...rest,
    method,
    headers,
    redirect: "manual",
  });
  const address = rewritten(new URL(request.url).pathname).slice(API_PATH.length + 1);
  for (const { pattern, names, file } of routes) {
    const match = pattern.exec(address);
    if (!match) continue;
    const handlers = (await import(pathToFileURL(file).href)) as Record<string, Handler | undefined>;
    const handler = handlers[method] ?? (method === "HEAD" ? handlers.GET : undefined);
    if (!handler) throw new Error(`${file} has no ${method}`);
    const params = Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ""]));
    return handler(request, { params: Promise.resolve(names.length === 0 ? undefined : params) });
  }
  throw new Error(`no route for ${address}`);
}
