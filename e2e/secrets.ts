import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContext, Request } from "@playwright/test";
import { databaseAsText } from "./database.ts";
import type { Meridian } from "./meridian.ts";

/** Something that must be seen nowhere, and what it is called in a report. */
export interface Secret {
  readonly what: string;
  readonly value: string;
}

/** A text that somebody can read, and where. */
export interface Seen {
  readonly where: string;
  readonly text: string;
}

/** Where which secret stands, as it is or as PostgreSQL writes bytes; never the secret itself. */
export function leaks(seen: readonly Seen[], secrets: readonly Secret[]): string[] {
  const found = seen.flatMap(({ where, text }) =>
    secrets
      .filter(({ value }) => text.includes(value) || text.includes(Buffer.from(value).toString("hex")))
      .map(({ what }) => `${what} in ${where}`),
  );
  return [...new Set(found)];
}

/** What Meridian keeps: its database, and all that its processes have written. */
export async function kept(meridian: Meridian): Promise<Seen[]> {
  const folder = path.join(meridian.data, "logs");
  return [
    ...(await databaseAsText(meridian)).map(({ table, text }) => ({ where: table, text })),
    ...readdirSync(folder).map((name) => ({ where: name, text: readFileSync(path.join(folder, name), "utf8") })),
    { where: "what npm start printed", text: await meridian.said() },
  ];
}

/**
 * Writes down everything that browsers get from one origin, and the pages they say they come from. The redirect into a session
 * carries its secret by design: its `location` is left out.
 */
export class Traffic {
  readonly #reading: Promise<Seen[]>[] = [];

  constructor(
    readonly origin: string,
    readonly redirect = /\/sessions\/[0-9a-f-]{36}\/open$/,
  ) {}

  follow(context: BrowserContext): void {
    context.on("requestfinished", (request) => {
      if (new URL(request.url()).origin === this.origin) this.#reading.push(this.#read(request).catch(whenClosed));
    });
  }

  /** Takes down as well what was read otherwise. */
  add(where: string, text: string): void {
    this.#reading.push(Promise.resolve([{ where, text }]));
  }

  /** All of it so far. To be asked for before a browser is closed: what is not read by then is gone. */
  async seen(): Promise<Seen[]> {
    return (await Promise.all(this.#reading)).flat();
  }

  async #read(request: Request): Promise<Seen[]> {
    const { pathname } = new URL(request.url());
    const { referer = "" } = await request.allHeaders();
    const response = await request.response();
    const headers = Object.entries((await response?.allHeaders()) ?? {}).filter(
      ([name]) => name !== "location" || !this.redirect.test(pathname),
    );
    // A redirect has no body that could be read.
    const body = await response?.text().catch(() => "");
    return [
      { where: `the referrer of ${pathname}`, text: referer },
      { where: `the headers of ${pathname}`, text: headers.map((pair) => pair.join(": ")).join("\n") },
      { where: `the answer of ${pathname}`, text: body ?? "" },
    ];
  }
}

/** Something is always under way when a browser is closed. */
function whenClosed(error: Error): Seen[] {
  if (/has been closed/.test(error.message)) return [];
  throw error;
}

/** What the live stream says to whoever has these cookies, until it is told to stop. */
export async function readStream(url: string, cookie: string, stop: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    const { body } = await fetch(url, { headers: { cookie }, signal: stop });
    for await (const chunk of body ?? []) text += decoder.decode(chunk, { stream: true });
  } catch (error) {
    if (!stop.aborted) throw error;
  }
  return text;
}
