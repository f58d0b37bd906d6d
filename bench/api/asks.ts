import { API_PATH } from "#lib/api/base-url.ts";
import { writeInterval } from "#lib/api/iso8601/write-time.ts";
import { kinds } from "#lib/api/standard/kinds.ts";
import type { Ask } from "./turn.ts";

const HOUR = 3_600_000;

/** What the process itself says, without asking anybody: what every answer is measured against. */
export const alive: Ask = { method: "GET", path: "/api/alive", headers: { accept: "application/json" }, status: 200 };

const headersOf = (token: string) => ({ accept: "application/json", authorization: `Bearer ${token}` });

/** Reads what follows the API's own address, such as "/slots"; with a tag, what the caller has already. */
export const readOf = (token: string, where: string, tag?: string): Ask => ({
  method: "GET",
  path: `${API_PATH}${where}`,
  headers: { ...headersOf(token), ...(tag === undefined ? {} : { "if-none-match": tag }) },
  status: tag === undefined ? 200 : 304,
});

const postOf = (token: string, where: string, body: unknown, status: number): Ask => ({
  method: "POST",
  path: `${API_PATH}${where}`,
  headers: { ...headersOf(token), "content-type": "application/json" },
  body: JSON.stringify(body),
  status,
});

/** Asks for a core for an hour: whenever, which gets as many offers as the platform makes; or in one slot, which gets one. */
export const requestOf = (token: string, slot: number | null, index: number): Ask => {
  const at = slot === null ? null : slot + (2 + (index % 20)) * HOUR;
  const start = at === null ? {} : { start: writeInterval(at, at) };
  const body = {
    executable: { kind: kinds.executable.jupyterNotebook },
    compute: { kind: kinds.compute.simple, cores: { min: 1 }, memory: { min: 1 } },
    schedule: { requested: { duration: "PT1H", ...start } },
  };
  return postOf(token, "/requests", body, 303);
};

/** The first offer of an answer to a request. */
export function firstOffer(text: string): string {
  const { offers } = JSON.parse(text) as { offers?: { meta: { uuid: string } }[] };
  const [first] = offers ?? [];
  if (!first) throw new Error(`no offers: ${text.slice(0, 500)}`);
  return first.meta.uuid;
}

/** Moves an offer or a session to that phase. */
export const changeOf = (token: string, id: string, phase: string): Ask =>
  postOf(token, `/sessions/${id}`, { kind: kinds.updates.enumValue, path: "/phase", value: phase }, 200);
