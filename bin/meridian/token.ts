import { userInfo } from "node:os";
import { z } from "zod";
import { parseAccessToken } from "#lib/api/access-token-form.ts";
import { newSecret } from "#lib/auth/token-secret.ts";
import { USUAL_DAYS } from "#lib/booking/access-token.ts";
import type { Result } from "#lib/booking/refusal.ts";
import { makeAccessToken } from "#lib/broker/make-access-token.ts";
import { readAccessTokens } from "#lib/broker/read-access-tokens.ts";
import { withdrawAccessToken } from "#lib/broker/withdraw-access-token.ts";
import { findUser, type StoredUser } from "#lib/db/users.ts";
import { Trouble } from "../trouble.ts";
import type { Command } from "./command.ts";
import { onOneLine } from "./on-one-line.ts";

/** `meridian token --user NAME [--list | --withdraw ID]` */
export const token: Command = {
  name: "token",
  summary: "makes an access token for somebody's programs, lists or withdraws theirs",
  help: `npm run -s meridian -- token --user NAME [--name TEXT] [--scopes read,book] [--days ${USUAL_DAYS}] [--json]
npm run -s meridian -- token --user NAME --list [--json]
npm run -s meridian -- token --user NAME --withdraw ID

Makes an access token with which programs call the API in NAME's name, and prints its secret, once: only that, so that
MERIDIAN_TOKEN=$(npm run -s meridian -- token --user alice) works. Meridian may run meanwhile.

  --name      what its owner knows it by, 1 to 60 characters
  --scopes    what it may do: read, book, and admin for administrators
  --days      when it ends, 1 to 365
  --list      the tokens of NAME that work
  --withdraw  the next call with the token of that id is refused
  --json      {"id","secret","expiresAt"}; of --list one object a line`,
  options: {
    user: { type: "string" },
    name: { type: "string" },
    scopes: { type: "string" },
    days: { type: "string" },
    list: { type: "boolean" },
    withdraw: { type: "string" },
    json: { type: "boolean" },
  },
  async run({ user: userName, list, withdraw, json, ...wanted }) {
    if (typeof userName !== "string") throw new Trouble("Whose token? --user NAME");
    if (list && withdraw !== undefined) throw new Trouble("One of --list and --withdraw.");
    if ((list || withdraw !== undefined) && Object.values(wanted).some((one) => one !== undefined))
      throw new Trouble("--name, --scopes and --days are for a new token.");
    const user = await findUser(userName);
    if (!user) throw new Trouble(`There is nobody of the name ${userName}.`);
    if (list) await show(user, json === true);
    else if (withdraw !== undefined) await takeBack(user, withdraw);
    else await make(user, wanted, json === true);
    return 0;
  },
};

async function make(user: StoredUser, wanted: Readonly<Record<string, unknown>>, asJson: boolean): Promise<void> {
  const by = { name: userInfo().username };
  const { name = `made by ${by.name}`, scopes = "read,book", days = USUAL_DAYS } = wanted;
  const names = String(scopes)
    .split(",")
    .map((one) => one.trim());
  const form = mustBe(parseAccessToken({ name, scopes: names, days: Number(days) }));
  const { secret, hash, hint } = newSecret();
  const made = mustBe(await makeAccessToken({ user, wanted: form, secret: { hash, hint }, by, now: Date.now() }));
  const { tokenId: id, expiresAt } = made;
  console.log(asJson ? JSON.stringify({ id, secret, expiresAt: iso(expiresAt) }) : secret);
}

async function show(user: StoredUser, asJson: boolean): Promise<void> {
  for (const one of await readAccessTokens({ user, now: Date.now() })) {
    const { id, name, hint, scopes, createdAt, expiresAt, lastUsedAt } = one;
    const used = lastUsedAt === null ? null : iso(lastUsedAt);
    if (asJson) {
      const times = { createdAt: iso(createdAt), expiresAt: iso(expiresAt), lastUsedAt: used };
      console.log(JSON.stringify({ id, name, hint, scopes, ...times }));
      continue;
    }
    const words = [
      `…${hint}`,
      scopes.join(","),
      `until ${iso(expiresAt)}`,
      `last used ${used ?? "never"}`,
      onOneLine(name),
    ];
    console.log(`${id}  ${words.join("  ")}`);
  }
}

async function takeBack(user: StoredUser, id: unknown): Promise<void> {
  const tokenId = z.uuid().safeParse(id);
  if (!tokenId.success) throw new Trouble("--withdraw wants the id that --list shows.");
  const by = { name: userInfo().username };
  mustBe(await withdrawAccessToken({ tokenId: tokenId.data, user, by, now: Date.now() }));
  console.log(`The token ${tokenId.data} of ${user.name} is withdrawn.`);
}

function mustBe<T>(result: Result<T>): T {
  if (!result.ok) throw new Trouble(result.error.sentence);
  return result.value;
}

const iso = (at: number) => new Date(at).toISOString();
