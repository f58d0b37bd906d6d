import { createHash } from "node:crypto";
import { readConfig } from "#lib/config.ts";
import { actFor } from "#lib/credentials/act-for.ts";
import { closeDatabase } from "#lib/db/client.ts";

/**
 * A process of its own that asks for what acts for a user, so many times at once, as soon as it is told to: `ask-for-token.ts USER
 * PROVIDER TIMES`. Prints a hash of each answer, one a line.
 */
const [userId = "", name = "", times = "1"] = process.argv.slice(2);
const provider = readConfig().providers.find((one) => one.name === name);
if (!provider) throw new Error(`there is no provider ${name}`);
process.send?.("ready");
await new Promise((resolve) => process.once("message", resolve));
const { signal } = new AbortController();
const ask = () => actFor({ userId, provider, to: "start", clock: Date.now, signal });
const answers = await Promise.all(Array.from({ length: Number(times) }, ask));
for (const answer of answers) console.log(createHash("sha256").update(JSON.stringify(answer)).digest("hex"));
await closeDatabase();
process.disconnect();
