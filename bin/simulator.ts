import { parseArgs } from "node:util";
import { startSkaha } from "#e2e/skaha/start-skaha.ts";
import { writeConfig } from "./simulator-config.ts";
import { listenForStop } from "./stop-signals.ts";
import { say } from "./terminal.ts";
import { inWords } from "./trouble.ts";

const usage = "npm run simulator -- [--port N] [--jupyter FILE] [--state FILE] [--config FILE] [--json]";

/** `npm run simulator`: CANFAR's session service, simulated, until it is stopped. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      jupyter: { type: "string" },
      state: { type: "string" },
      /** Where a configuration of Meridian is written that has this simulator as platforms. */
      config: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return say(usage);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${values.port} is no port.\n${usage}`);
  const { stop } = listenForStop();
  const { jupyter, state, config } = values;
  const skaha = await startSkaha({ port, ...(jupyter ? { jupyter } : {}), ...(state ? { state } : {}) });
  const { url, tlsUrl, ca } = skaha;
  const ready = { url, tlsUrl, user: "alice", token: "alice-token", jupyter: skaha.jupyter };
  if (config) writeConfig(config, skaha);
  say(values.json ? JSON.stringify({ ...ready, ca }) : welcome(ready, config));
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
  await skaha.stop();
}

type Ready = Record<"url" | "tlsUrl" | "user" | "token", string> & { readonly jupyter: string | null };

const welcome = ({ url, tlsUrl, user, token, jupyter }: Ready, config: string | undefined) =>
  `The Skaha simulator is at ${url}, and at ${tlsUrl} with client certificates
  user ${user}, token ${token}; notebooks: ${jupyter ?? "a small page, for there is no Jupyter"}
  curl -H 'Authorization: Bearer ${token}' ${url}/skaha/v1/session
  curl -H 'Authorization: Bearer ${token}' -d name=first -d type=notebook \\
    -d image=images.canfar.net/skaha/base-notebook:latest ${url}/skaha/v1/session
${config ? `  for Meridian: MERIDIAN_CONFIG=${config} npm start; at the simulated CADC the password is alice-password\n` : ""}  e2e/skaha/README.md has the rest. Ctrl-C stops it.`;

await main().then(
  () => process.exit(0),
  (error) => {
    say(inWords(error));
    process.exit(1);
  },
);
