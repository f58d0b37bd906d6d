import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Answer, bare, json, page, text } from "./answer.ts";
import { randomWord } from "./create-session.ts";
import { answerAuthorize, choosePage, scopesOf } from "./oidc-authorize.ts";
import { claimsOf, issuerOf } from "./oidc-state.ts";
import { answerRevoke, answerToken, clientOf, oauthError } from "./oidc-tokens.ts";
import { takeOrdered, withOutage } from "./outage.ts";
import type { World } from "./world.ts";

/** Everything below `/oidc`: the identity provider. */
export async function answerOidc(world: World, request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
  const path = url.pathname.replace(/^\/oidc\/?/, "");
  return await withOutage(takeOrdered(world.oidc.settings, path), async () => {
    const form = new URLSearchParams(body.toString("utf8"));
    const isPost = request.method === "POST";
    if (path === ".well-known/openid-configuration") return json(discovery(world));
    if (path === "jwks") return json({ keys: [world.oidc.key.public] });
    if (path === "authorize") return answerAuthorize(world, request.method ?? "GET", isPost ? form : url.searchParams);
    if (path === "userinfo") return userinfo(world, request);
    if (path === "device") return devicePage(world, isPost, isPost ? form : url.searchParams);
    if (isPost && path === "token") return await answerToken(world, request, form);
    if (isPost && path === "revoke") return answerRevoke(world, request, form);
    if (isPost && path === "devicecode") return startDevice(world, request, form);
    return text(404, "not found");
  });
}

function discovery(world: World) {
  const at = (path: string) => `${world.url()}/oidc/${path}`;
  return {
    issuer: issuerOf(world),
    authorization_endpoint: at("authorize"),
    token_endpoint: at("token"),
    userinfo_endpoint: at("userinfo"),
    jwks_uri: at("jwks"),
    revocation_endpoint: at("revoke"),
    device_authorization_endpoint: at("devicecode"),
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
    code_challenge_methods_supported: ["S256"],
    claims_supported: ["sub", "preferred_username", "name", "email"],
  };
}

function userinfo(world: World, request: IncomingMessage): Answer {
  const value = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const token = world.tokens.get(value);
  if (!token || (token.expiresAt !== null && world.clock.now() >= token.expiresAt))
    return bare(401, "invalid_token", { "www-authenticate": 'Bearer error="invalid_token"' });
  return json(claimsOf(world, token.user));
}

function startDevice(world: World, request: IncomingMessage, form: URLSearchParams): Answer {
  const client = clientOf(world, request, form);
  if (!client) return oauthError("invalid_client", "The client is unknown or its secret is wrong.", 401);
  const seconds = world.oidc.settings.deviceSeconds;
  const deviceCode = randomBytes(24).toString("base64url");
  const userCode = randomWord(6).toUpperCase();
  world.oidc.devices.set(deviceCode, {
    client: client.id,
    scope: scopesOf(form).join(" "),
    userCode,
    expiresAt: world.clock.now() + seconds * 1_000,
    decision: null,
  });
  const verification = `${world.url()}/oidc/device`;
  return json({
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verification,
    verification_uri_complete: `${verification}?user_code=${userCode}`,
    expires_in: seconds,
    interval: 1,
  });
}

function devicePage(world: World, isPost: boolean, asked: URLSearchParams): Answer {
  const userCode = (asked.get("user_code") ?? "").toUpperCase();
  const device = [...world.oidc.devices.values()].find((one) => one.userCode === userCode);
  if (!isPost && userCode === "")
    return page(
      200,
      "Enter the code",
      '<form><label>Code <input name="user_code"></label> <button>Next</button></form>',
    );
  if (!device || device.decision !== null || world.clock.now() >= device.expiresAt)
    return page(404, "This code is unknown or over");
  if (!isPost) return choosePage(world, "/oidc/device", asked);
  const user = asked.get("user") ?? "";
  if (asked.get("decision") === "allow" && !world.users.has(user)) return page(400, "This user is not known");
  device.decision = asked.get("decision") === "allow" ? { user } : "denied";
  return page(200, device.decision === "denied" ? "Refused" : "Signed in: go back to your program");
}
