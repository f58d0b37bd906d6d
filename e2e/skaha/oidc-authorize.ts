import { randomBytes } from "node:crypto";
import { type Answer, escapeHtml, page, redirect } from "./answer.ts";
import type { Client } from "./oidc-state.ts";
import type { World } from "./world.ts";

/**
 * The authorization endpoint, code flow with PKCE (S256) only. Without a known client and address nobody is sent
 * anywhere; every other refusal travels back to the client. `login_hint` with `prompt=none` skips the page.
 */
export function answerAuthorize(world: World, method: string, asked: URLSearchParams): Answer {
  const client = world.oidc.clients.get(asked.get("client_id") ?? "");
  const address = asked.get("redirect_uri") ?? "";
  if (!client) return page(400, "This client is not registered");
  if (!mayReturnTo(client, address)) return page(400, "This redirect_uri is not registered");
  const back = (answers: Record<string, string>) => {
    const to = new URL(address);
    const state = asked.get("state");
    for (const [name, value] of Object.entries({ ...answers, ...(state === null ? {} : { state }) }))
      to.searchParams.set(name, value);
    return redirect(to.href, { "cache-control": "no-store" });
  };
  const refuse = (error: string, description: string) => back({ error, error_description: description });
  if (asked.get("response_type") !== "code") return refuse("unsupported_response_type", "Only code is supported.");
  if (!scopesOf(asked).includes("openid")) return refuse("invalid_scope", "The scope openid is required.");
  const challenge = asked.get("code_challenge");
  if (!challenge || asked.get("code_challenge_method") !== "S256")
    return refuse("invalid_request", "PKCE with S256 is required.");
  if (method === "POST" && asked.get("decision") !== "allow") return refuse("access_denied", "The user has refused.");
  const isSilent = asked.get("prompt") === "none";
  const user = method === "POST" ? asked.get("user") : isSilent ? asked.get("login_hint") : null;
  if (user === null && !isSilent) return choosePage(world, "/oidc/authorize", asked);
  if (user === null || !world.users.has(user)) return refuse("login_required", "Nobody known is signed in.");
  const code = randomBytes(24).toString("base64url");
  world.oidc.codes.set(code, {
    client: client.id,
    user,
    scope: scopesOf(asked).join(" "),
    redirectUri: address,
    challenge,
    nonce: asked.get("nonce"),
    expiresAt: world.clock.now() + world.oidc.settings.codeSeconds * 1_000,
  });
  return back({ code });
}

export const scopesOf = (asked: URLSearchParams) => (asked.get("scope") ?? "").split(" ").filter((one) => one !== "");

function mayReturnTo(client: Client, address: string): boolean {
  if (client.redirectUris) return client.redirectUris.includes(address);
  return URL.canParse(address) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(address).hostname);
}

/** A plain page to choose who one is; what was asked travels along in hidden fields. */
export function choosePage(world: World, action: string, asked: URLSearchParams): Answer {
  const hint = asked.get("login_hint");
  const hidden = [...asked].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const options = [...world.users.keys()].map(
    (name) => `<option${name === hint ? " selected" : ""}>${escapeHtml(name)}</option>`,
  );
  const form =
    `<form method="post" action="${action}">${hidden.join("")}` +
    `<p><label>User <select name="user">${options.join("")}</select></label></p>` +
    '<button name="decision" value="allow">Sign in</button> <button name="decision" value="deny">Cancel</button></form>';
  return page(200, "Sign in to the simulated platform", form, { "cache-control": "no-store" });
}
