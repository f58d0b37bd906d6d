import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Skaha, type SkahaOptions, startSkaha } from "./start-skaha.ts";

export const NOTEBOOK = "images.canfar.net/skaha/base-notebook:latest";
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A simulator for the tests of a file, reset before each. */
export function skahaForTests(options: SkahaOptions = { jupyter: null }): () => Skaha {
  let skaha: Skaha;
  beforeAll(async () => {
    skaha = await startSkaha(options);
  });
  beforeEach(() => skaha.reset());
  afterAll(() => skaha.stop());
  return () => skaha;
}

export interface Said {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export interface Shown {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly status: string;
  readonly startTime?: string;
  readonly expiryTime?: string;
  readonly connectURL: string;
}

/** What a client of the platform does, as `user`. */
export function as(skaha: Skaha, user: string, token = `${user}-token`) {
  const call = async (method: string, path: string, init: RequestInit = {}): Promise<Said> => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    const response = await fetch(`${skaha.url}/skaha${path}`, { method, ...init, headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const post = (
    path: string,
    form: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ) => call("POST", path, { body: new URLSearchParams(form), headers });
  const create = (form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    post("/v1/session", { image: NOTEBOOK, type: "notebook", name: "first", ...form }, headers);
  return {
    call,
    post,
    create,
    get: (path: string) => call("GET", path),
    remove: (id: string) => call("DELETE", `/v1/session/${id}`),
    /** The id of a session that was made. */
    made: async (form: Record<string, string> = {}, headers: Record<string, string> = {}) => {
      const said = await create(form, headers);
      if (said.status !== 200) throw new Error(`not made: ${said.status} ${said.text}`);
      return said.text.trim();
    },
    show: async (id: string) => JSON.parse((await call("GET", `/v1/session/${id}`)).text) as Shown,
    list: async (query = "") => JSON.parse((await call("GET", `/v1/session${query}`)).text) as Shown[],
  };
}

/** Nothing happens by itself: each phase lasts an hour, until the clock is moved. */
export const inHours = { suspendedMs: HOUR_MS, pendingMs: HOUR_MS, linkMs: HOUR_MS, headlessMs: HOUR_MS };

/** Everything is over at once. */
export const atOnce = { suspendedMs: 0, pendingMs: 0, linkMs: 0, headlessMs: 0 };

/** Asks again until `holds` says yes; throws what was being waited for after `withinMs`. */
export async function poll(what: string, holds: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
