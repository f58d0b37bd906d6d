import { X509Certificate } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { fetch } from "undici";
import type { z } from "zod";
import { type PlatformChoices, typesOf } from "#lib/booking/choices.ts";
import { type ExecutableType, isExecutableType } from "#lib/booking/executable.ts";
import { withinTime } from "#lib/time-limit.ts";
import { type Acting, asCaller, withConnections } from "./acting.ts";
import { context, imageList, registryList, sessionList } from "./answers.ts";
import { type Circuit, makeCircuit } from "./circuit.ts";
import { readTrouble, SkahaError, unwell } from "./skaha-error.ts";
import { unreachable } from "./unreachable.ts";

export type { Acting };

export interface NewSession {
  /** At most 15 characters of `[a-z0-9-]`, unique among all sessions of Meridian. */
  readonly name: string;
  readonly type: ExecutableType;
  readonly image: string;
  /** What a headless session runs; for any other Skaha would ignore it, so it is not sent. */
  readonly program: {
    command: string | null;
    args: string | null;
    environment: Readonly<Record<string, string>>;
  } | null;
  readonly cores: number;
  readonly ramGiB: number;
  readonly gpus: number;
}

export interface SkahaSetting {
  /** Where its endpoints are, such as `https://ws-uv.canfar.net/skaha`. */
  readonly base: URL;
  /**
   * The private authority that has signed the platform's certificate, as PEM. It is the only one that is trusted then. Left
   * out: those that Node knows.
   */
  readonly ca?: string;
  /** How long one answer may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** The first pause before a call is repeated, in milliseconds; doubled each time, with jitter. */
  readonly pauseMs?: number;
  readonly circuit?: Circuit;
}

/** A call that only reads, or that may be repeated without harm, is made this often at the most. */
const TRIES = 3;
/** Whoever is told to come back later than this is told so, instead of waiting. */
const MOST_WAIT_MS = 10_000;

/**
 * Skaha's REST interface `/v1`, as far as Meridian uses it. Every method throws {@link SkahaError}; what only reads is tried
 * again after trouble that may pass. {@link create} is made once: an answer that did not come says nothing about whether the
 * session exists. Throws at once when `ca` is no certificate.
 */
export function makeSkaha(setting: SkahaSetting) {
  const { ca, timeoutMs = 30_000, pauseMs = 500, circuit = makeCircuit() } = setting;
  const root = setting.base.href.replace(/\/+$/, "");
  // OpenSSL would pass over a text that is none, and trust nobody.
  if (ca !== undefined) new X509Certificate(ca);

  async function call(method: string, path: string, acting: Acting, signal: AbortSignal, form?: URLSearchParams) {
    const { headers, tls } = asCaller(acting, ca);
    // A list of images that nobody asked for lately is gathered first, which has taken over a minute.
    const limitMs = path === "image" ? 4 * timeoutMs : timeoutMs;
    const made = () =>
      withinTime(signal, limitMs, (limit) =>
        withConnections(tls, async (dispatcher) => {
          const response = await fetch(`${root}/v1/${path}`, {
            method,
            headers: { ...headers, accept: "application/json, text/plain" },
            body: form ?? null,
            redirect: "error",
            signal: limit,
            dispatcher,
          });
          const text = await response.text();
          if (!response.ok) throw new SkahaError(readTrouble(response.status, text, response.headers));
          return text;
        }),
      ).catch((error: unknown) => {
        signal.throwIfAborted();
        throw error instanceof SkahaError ? error : unreachable(error, acting);
      });
    return circuit.run(made, acting.user);
  }

  async function again<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof SkahaError) || error.trouble.kind !== "unwell" || tried >= TRIES) throw error;
        const { retryAfterMs, isLeftAlone } = error.trouble;
        const wait = Math.max(retryAfterMs ?? 0, pauseMs * 2 ** (tried - 1) * (0.5 + Math.random()));
        if (isLeftAlone || wait > MOST_WAIT_MS) throw error;
        await pause(wait, undefined, { signal });
      }
    }
  }

  const get = (path: string, acting: Acting, signal: AbortSignal) =>
    again(signal, () => call("GET", path, acting, signal));
  const getJson = <T extends z.ZodType>(schema: T, path: string, acting: Acting, signal: AbortSignal) =>
    again(signal, async () => parsed(schema, await call("GET", path, acting, signal)));

  return {
    circuit,
    /** Makes a session and returns its id, a secret. Not repeated: after trouble, look by name first. */
    async create(order: NewSession, acting: Acting, signal: AbortSignal): Promise<string> {
      const form = new URLSearchParams({
        name: order.name,
        type: order.type,
        image: order.image,
        cores: String(order.cores),
        ram: String(order.ramGiB),
        // Skaha refuses `gpus=0`.
        ...(order.gpus > 0 && { gpus: String(order.gpus) }),
      });
      if (order.type === "headless" && order.program !== null) {
        const { command, args, environment } = order.program;
        if (command !== null) form.set("cmd", command);
        if (args !== null) form.set("args", args);
        for (const [name, value] of Object.entries(environment)) form.append("env", `${name}=${value}`);
      }
      const id = (await call("POST", "session", acting, signal, form)).trim();
      if (!/^[a-z0-9-]{1,64}$/i.test(id)) throw broken("it answered a new session with something that is no id");
      return id;
    },
    /** All sessions of the user, also those that were made elsewhere and those that are over. */
    sessions: (acting: Acting, signal: AbortSignal) => getJson(sessionList, "session", acting, signal),
    /** Whether there is a session of this id. */
    async exists(id: string, acting: Acting, signal: AbortSignal): Promise<boolean> {
      try {
        await get(`session/${encodeURIComponent(id)}`, acting, signal);
        return true;
      } catch (error) {
        if (error instanceof SkahaError && error.trouble.kind === "not there") return false;
        throw error;
      }
    },
    /** Kubernetes' events as a table; "" while there are none, as in the platform's queue. */
    async events(id: string, acting: Acting, signal: AbortSignal): Promise<string> {
      try {
        return await get(`session/${encodeURIComponent(id)}?view=events`, acting, signal);
      } catch (error) {
        if (error instanceof SkahaError && error.trouble.kind === "not there") return "";
        throw error;
      }
    },
    log: (id: string, acting: Acting, signal: AbortSignal) =>
      get(`session/${encodeURIComponent(id)}?view=logs`, acting, signal),
    /** Asks for its end. The answer is a yes whatever happened: {@link exists} says whether it is gone. */
    async end(id: string, acting: Acting, signal: AbortSignal): Promise<void> {
      await again(signal, () => call("DELETE", `session/${encodeURIComponent(id)}`, acting, signal));
    },
    /** What may be asked for: types, images and where they come from, amounts. */
    async choices(acting: Acting, signal: AbortSignal): Promise<PlatformChoices> {
      const [amounts, images, registries] = await Promise.all([
        getJson(context, "context", acting, signal),
        getJson(imageList, "image", acting, signal),
        getJson(registryList, "repository", acting, signal),
      ]);
      const known = images.filter(({ types }) => types.some(isExecutableType));
      return { types: typesOf(known), images: known, registries, ...amounts };
    },
  };
}

export type Skaha = ReturnType<typeof makeSkaha>;

function parsed<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw broken("its answer cannot be read", error);
  }
}

const broken = (text: string, cause?: unknown) => new SkahaError(unwell(text), cause);
