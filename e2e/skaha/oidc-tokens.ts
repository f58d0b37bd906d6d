import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Answer, json } from "./answer.ts";
import { type Client, claimsOf, type Family, type Grant, sign, subjectOf } from "./oidc-state.ts";
import type { World } from "./world.ts";

const NEVER_STORED = { "cache-control": "no-store" };

export const oauthError = (error: string, description: string, status = 400): Answer =>
  json({ error, error_description: description }, status, {
    ...NEVER_STORED,
    ...(status === 401 ? { "www-authenticate": 'Basic realm="oidc"' } : {}),
  });

/** The client that calls: by basic authentication or by fields of the form; a public one by its name alone. */
export function clientOf(world: World, request: IncomingMessage, form: URLSearchParams): Client | null {
  const basic = /^basic (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const [id, secret] = basic
    ? Buffer.from(basic, "base64")
        .toString("utf8")
        .split(":")
        .map((part) => decodeURIComponent(part))
    : [form.get("client_id") ?? "", form.get("client_secret")];
  const client = world.oidc.clients.get(id ?? "");
  return client && client.secret === (secret || null) ? client : null;
}

/** The token endpoint. */
export async function answerToken(world: World, request: IncomingMessage, form: URLSearchParams): Promise<Answer> {
  const client = clientOf(world, request, form);
  if (!client) return oauthError("invalid_client", "The client is unknown or its secret is wrong.", 401);
  switch (form.get("grant_type")) {
    case "authorization_code":
      return await redeemCode(world, client, form);
    case "refresh_token":
      return await refresh(world, client, form);
    case "urn:ietf:params:oauth:grant-type:device_code":
      return await redeemDevice(world, client, form);
    default:
      return oauthError("unsupported_grant_type", "Only codes, refresh tokens and device codes are exchanged.");
  }
}

async function redeemCode(world: World, client: Client, form: URLSearchParams): Promise<Answer> {
  const given = form.get("code") ?? "";
  const code = world.oidc.codes.get(given);
  world.oidc.codes.delete(given);
  if (code?.client !== client.id || world.clock.now() >= code.expiresAt)
    return oauthError("invalid_grant", "The code is unknown, used or expired.");
  if (code.redirectUri !== form.get("redirect_uri"))
    return oauthError("invalid_grant", "The redirect_uri is not the one that the code was made for.");
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (challenge !== code.challenge) return oauthError("invalid_grant", "The code_verifier does not fit.");
  return await issue(world, newFamily(code), code.nonce);
}

async function refresh(world: World, client: Client, form: URLSearchParams): Promise<Answer> {
  const token = world.oidc.refreshTokens.get(form.get("refresh_token") ?? "");
  if (token?.family.client !== client.id || token.family.isRevoked || world.clock.now() >= token.expiresAt)
    return oauthError("invalid_grant", "The refresh token is unknown, revoked or expired.");
  if (token.isUsed) {
    // Two hold the same token: one of them may have stolen it.
    revokeFamily(world, token.family);
    return oauthError("invalid_grant", "The refresh token has been used before; all its successors are revoked.");
  }
  token.isUsed = true;
  return await issue(world, token.family, null);
}

async function redeemDevice(world: World, client: Client, form: URLSearchParams): Promise<Answer> {
  const code = form.get("device_code") ?? "";
  const device = world.oidc.devices.get(code);
  if (device?.client !== client.id) return oauthError("invalid_grant", "The device code is unknown or used.");
  if (world.clock.now() >= device.expiresAt) return oauthError("expired_token", "The device code has expired.");
  if (device.decision === null) return oauthError("authorization_pending", "The user has not decided yet.");
  world.oidc.devices.delete(code);
  if (device.decision === "denied") return oauthError("access_denied", "The user has refused.");
  const grant = { client: client.id, user: device.decision.user, scope: device.scope };
  return await issue(world, newFamily(grant), null);
}

const newFamily = ({ client, user, scope }: Grant): Family => ({
  client,
  user,
  scope,
  accessTokens: [],
  isRevoked: false,
});

async function issue(world: World, family: Family, nonce: string | null): Promise<Answer> {
  const { accessSeconds, idSeconds, refreshSeconds } = world.oidc.settings;
  const { client, user, scope } = family;
  const now = world.clock.now();
  const scopes = scope.split(" ");
  const access = await sign(
    world,
    { sub: subjectOf(user), client_id: client, scope, jti: randomUUID() },
    accessSeconds,
  );
  const identity = { ...claimsOf(world, user), aud: client, ...(nonce === null ? {} : { nonce }) };
  const idToken = scopes.includes("openid") ? await sign(world, identity, idSeconds) : undefined;
  const refreshToken = scopes.includes("offline_access") ? randomBytes(32).toString("base64url") : undefined;
  if (!family.isRevoked) world.tokens.set(access, { user, expiresAt: now + accessSeconds * 1_000 });
  family.accessTokens.push(access);
  if (refreshToken)
    world.oidc.refreshTokens.set(refreshToken, { family, expiresAt: now + refreshSeconds * 1_000, isUsed: false });
  world.changed();
  return json(
    {
      access_token: access,
      token_type: "Bearer",
      expires_in: accessSeconds,
      scope,
      ...(refreshToken ? { refresh_token: refreshToken } : {}),
      ...(idToken ? { id_token: idToken } : {}),
    },
    200,
    NEVER_STORED,
  );
}

export function revokeFamily(world: World, family: Family): void {
  family.isRevoked = true;
  for (const token of family.accessTokens) world.tokens.delete(token);
  world.changed();
}

/** The revocation endpoint: 200 also for what it does not know. */
export function answerRevoke(world: World, request: IncomingMessage, form: URLSearchParams): Answer {
  if (!clientOf(world, request, form)) return oauthError("invalid_client", "The client is unknown.", 401);
  const token = form.get("token") ?? "";
  const refreshToken = world.oidc.refreshTokens.get(token);
  if (refreshToken) revokeFamily(world, refreshToken.family);
  world.tokens.delete(token);
  world.changed();
  return json({}, 200, NEVER_STORED);
}
