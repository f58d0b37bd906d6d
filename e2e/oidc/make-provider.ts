import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { type AdapterPayload, type KoaContextWithOIDC, Provider } from "oidc-provider";
import { escapeHtml, page } from "./page.ts";
import { API_SCOPES, type Client, issuedTo, type ProviderState, SCOPES, userOf } from "./provider-state.ts";

/** Longer than any token, so that it is the token that expires. */
const GRANT_SECONDS = 10 * 365 * 86_400;

/** The provider itself, with keys of its own. `claimsInIdToken`: else they are at userinfo only, as the standard has it. */
export async function makeProvider(
  state: ProviderState,
  issuer: string,
  { claimsInIdToken }: { readonly claimsInIdToken: boolean },
): Promise<Provider> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const lifeOf = (name: "accessSeconds" | "refreshSeconds" | "idSeconds" | "codeSeconds") => () => state.settings[name];
  const provider = new Provider(issuer, {
    adapter: (kind) => {
      const kept = state.store.adapter(kind);
      if (kind !== "Client") return kept;
      return { ...kept, find: async (id) => metadataOf(state.clients.get(id)) };
    },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig" }] },
    cookies: { keys: [randomBytes(32).toString("base64url")] },
    routes: {
      authorization: "/authorize",
      token: "/token",
      userinfo: "/userinfo",
      jwks: "/jwks",
      revocation: "/revoke",
    },
    scopes: [...SCOPES],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email", "email_verified"] },
    conformIdTokenClaims: !claimsInIdToken,
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "none"],
    responseTypes: ["code"],
    pkce: { methods: ["S256"], required: () => true },
    rotateRefreshToken: true,
    clockTolerance: 0,
    clientBasedCORS: () => false,
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      // Who names a service that the token is for gets a signed one (RFC 8707); everybody else an opaque one, as before.
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope: API_SCOPES.join(" "),
          audience: resource,
          accessTokenTTL: state.settings.accessSeconds,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
      rpInitiatedLogout: { enabled: false },
    },
    ttl: {
      AccessToken: lifeOf("accessSeconds"),
      RefreshToken: lifeOf("refreshSeconds"),
      IdToken: lifeOf("idSeconds"),
      AuthorizationCode: lifeOf("codeSeconds"),
      Interaction: 3_600,
      Session: 86_400,
      Grant: GRANT_SECONDS,
    },
    interactions: { url: (_, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: (_, subject) => {
      const user = userOf(state, subject);
      if (!user) return undefined;
      const { name, displayName, email } = user;
      const claims = { sub: subject, name: displayName, preferred_username: name, email, email_verified: true };
      return { accountId: subject, claims: () => claims };
    },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = "html";
      ctx.body = page(`<p role="alert">${escapeHtml(`${error}: ${error_description ?? ""}`)}</p>`);
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    takeDown(state, ctx as KoaContextWithOIDC);
  });
  // What it answers with 500 is a fault of ours, and would be seen nowhere.
  provider.on("server_error", (_, error) => console.error(error));
  return provider;
}

/** Counts what was issued and revoked, and keeps what must be seen nowhere. */
function takeDown(state: ProviderState, { oidc, req, status, body }: KoaContextWithOIDC): void {
  const logged = state.logged.get(req);
  const grantType = oidc?.params?.grant_type;
  if (logged && typeof grantType === "string") logged.grantType = grantType;
  if (status !== 200) return;
  const { Account, RefreshToken, AccessToken } = oidc?.entities ?? {};
  if (oidc?.route === "token") {
    const user = userOf(state, Account?.accountId);
    if (user) issuedTo(state, user.name)[grantType === "refresh_token" ? "refreshes" : "signIns"] += 1;
    for (const [what, value] of Object.entries({ code: oidc.params?.code, ...(body as object) })) {
      const isSecret = what === "code" || what.endsWith("_token");
      if (isSecret && typeof value === "string") state.given.push({ what, value });
    }
  }
  if (oidc?.route === "revocation") {
    const user = userOf(state, (RefreshToken ?? AccessToken)?.accountId);
    if (user) state.revocations.push(user.name);
  }
}

/** In the words of the standard. Only a "native" client may be at any port of this machine. */
function metadataOf(client: Client | undefined): AdapterPayload | undefined {
  if (!client) return undefined;
  const isHere = (uri: string) => /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(uri);
  return {
    client_id: client.id,
    ...(client.secret === null ? {} : { client_secret: client.secret }),
    token_endpoint_auth_method: client.secret === null ? "none" : "client_secret_basic",
    redirect_uris: [...client.redirectUris],
    application_type: client.redirectUris.every(isHere) ? "native" : "web",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  };
}
