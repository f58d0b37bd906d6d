import { randomBytes } from "node:crypto";
import { freePort } from "#lib/loopback-port.ts";
import { webPlan } from "../../bin/children.ts";
import { Supervised } from "../../bin/supervise.ts";

/** A web server as `npm start` runs it, on loopback, without limits to how often it may be asked. */
export interface WebServer {
  /** Without a slash at its end. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts one on the database at `url`, with its files below `data`; the pages have to be built. */
export async function startWebServer(url: string, data: string): Promise<WebServer> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    HOST: "127.0.0.1",
    PORT: String(port),
    DATABASE_URL: url,
    MERIDIAN_DATA: data,
    MERIDIAN_DEMO: "off",
    NEXTAUTH_URL: address,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    ...Object.fromEntries(["READS", "WRITES", "REFUSALS"].map((kind) => [`MERIDIAN_API_${kind}_PER_SECOND`, "0"])),
  };
  const common = { logs: data, env: () => env, mayStart: async () => undefined };
  const server = new Supervised(webPlan(common, { host: "127.0.0.1", port, address, dev: false }), {
    say: (line) => console.error(line),
    started: () => undefined,
    gaveUp: (trouble) => console.error(trouble.message),
  });
  await server.start();
  return {
    address,
    stop: async () => {
      await server.stop();
    },
  };
}
