import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Answer, answer, bare, text } from "./answer.ts";
import { holderOf } from "./client-certificate.ts";
import { takeOrdered, withOutage } from "./outage.ts";
import { postedParameters } from "./parameters.ts";
import type { User, World } from "./world.ts";

const HOUR_MS = 3_600_000;
const LOGIN_HOURS = 48;

/** CADC's accounts: `/ac/login`, `/ac/whoami` and `/cred/generate`. */
export async function answerCadc(world: World, request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
  const asked = `${request.method} ${url.pathname}`;
  const path = url.pathname.split("/")[2] ?? "";
  return await withOutage(takeOrdered(world.cadc, path), async () => {
    if (asked === "POST /ac/login") return await login(world, request, url, body);
    if (asked === "GET /ac/whoami") return whoami(world, request);
    if (asked === "GET /cred/generate") return await generate(world, request, url);
    return text(404, "not found");
  });
}

/** A token that says nothing by itself, for a user's name and password. */
async function login(world: World, request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
  const form = await postedParameters(request, url, body);
  const user = world.users.get(form.get("username") ?? "");
  if (!user || form.get("password") !== user.password) return bare(401, "Invalid username or password");
  const token = randomBytes(48).toString("base64url");
  world.tokens.set(token, { user: user.name, expiresAt: world.clock.now() + LOGIN_HOURS * HOUR_MS });
  world.changed();
  return bare(200, token);
}

function whoami(world: World, request: IncomingMessage): Answer {
  const user = byToken(world, request);
  return user ? bare(200, user.name) : notSignedIn();
}

/** A certificate with its key, for `daysValid` days in whole hours; a certificate is no way to another. */
async function generate(world: World, request: IncomingMessage, url: URL): Promise<Answer> {
  const user = byToken(world, request);
  if (!user) {
    const holder = holderOf(world, request);
    if (holder === null) return notSignedIn();
    if ("refused" in holder) return bare(401, holder.refused);
    return text(403, "a certificate cannot be generated with a certificate");
  }
  const { mostDays } = world.cadc;
  const days = Number(url.searchParams.get("daysValid") ?? mostDays);
  const hours = Math.round(Math.min(days, mostDays) * 24);
  if (!(hours >= 1)) return text(400, `invalid daysValid: ${url.searchParams.get("daysValid")}`);
  const from = Math.floor(world.clock.now() / 1_000) * 1_000;
  const { certificate, key } = await world.authority.issue({ name: user.name, from, until: from + hours * HOUR_MS });
  return answer(200, "application/x-pem-file", certificate + key);
}

/** Who holds the bearer token, or else the cookie; null when it is unknown or over. */
function byToken(world: World, { headers }: IncomingMessage): User | null {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  const cookie = /(?:^|; *)CADC_SSO="?([^";]+)/.exec(headers.cookie ?? "")?.[1];
  const token = world.tokens.get(bearer ?? cookie ?? "");
  if (!token || (token.expiresAt !== null && world.clock.now() >= token.expiresAt)) return null;
  return world.users.get(token.user) ?? null;
}

const notSignedIn = () =>
  bare(401, "Not authenticated", {
    "www-authenticate": ['Bearer error="invalid_token"', 'ivoa_cookie standard_id="ivo://ivoa.net/sso#cookie"'],
  });
