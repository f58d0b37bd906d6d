import { parseArgs } from "node:util";
import { startSkaha } from "#e2e/skaha/start-skaha.ts";
import { listenForStop } from "./stop-signals.ts";
import { say } from "./terminal.ts";
import { inWords } from "./trouble.ts";

const usage = "npm run simulator -- [--port N] [--jupyter FILE] [--state FILE] [--json]";

/** `npm run simulator`: CANFAR's session service, simulated, until it is stopped. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      jupyter: { type: "string" },
      state: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return say(usage);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${values.port} is no port.\n${usage}`);
  const { stop } = listenForStop();
  const { jupyter, state } = values;
  const skaha = await startSkaha({ port, ...(jupyter ? { jupyter } : {}), ...(state ? { state } : {}) });
  const { url, tlsUrl, ca } = skaha;
  const ready = { url, tlsUrl, user: "alice", token: "alice-token", jupyter: skaha.jupyter };
  say(values.json ? JSON.stringify({ ...ready, ca }) : welcome(ready));
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
  await skaha.stop();
}

const welcome = ({
  url,
  tlsUrl,
  user,
  token,
  jupyter,
}: Record<"url" | "tlsUrl" | "user" | "token", string> & {
  jupyter: string | null;
}) =>
  `The Skaha simulator is at ${url}, and at ${tlsUrl} with client certificates
  user ${user}, token ${token}; notebooks: ${jupyter ?? "a small page, for there is no Jupyter"}
  curl -H 'Authorization: Bearer ${token}' ${url}/skaha/v1/session
  curl -H 'Authorization: Bearer ${token}' -d name=first -d type=notebook \\
    -d image=images.canfar.net/skaha/base-notebook:latest ${url}/skaha/v1/session
  e2e/skaha/README.md has the rest. Ctrl-C stops it.`;

await main().then(
  () => process.exit(0),
  (error) => {
    say(inWords(error));
    process.exit(1);
  },
);
