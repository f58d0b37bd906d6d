import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import { z } from "zod";
import { readForm } from "./form.ts";
import { escapeHtml, page } from "./page.ts";
import { API_SCOPES, type ProviderState, SCOPES } from "./provider-state.ts";

const given = z.object({ name: z.string().trim().min(1) });

/** `/sign-in/…`: asks for a name, any registered one, and no password. What the client wants is allowed unasked. */
export async function answerSignIn(
  state: ProviderState,
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(request, response).catch(() => null);
  if (!details) return show(response, 400, "<p>This sign-in is over. Please start again where you came from.</p>");
  if (details.prompt.name === "consent") {
    const { accountId } = details.session ?? {};
    const grant = new provider.Grant({ accountId, clientId: String(details.params.client_id) });
    grant.addOIDCScope(SCOPES.join(" "));
    const { resource } = details.params;
    if (typeof resource === "string") grant.addResourceScope(resource, API_SCOPES.join(" "));
    return await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  }
  if (request.method !== "POST") return show(response, 200, form(""));
  const { data } = given.safeParse(Object.fromEntries(await readForm(request)));
  const user = state.users.get(data?.name ?? "");
  if (!user) return show(response, 200, form(data?.name ?? ""));
  await provider.interactionFinished(request, response, { login: { accountId: user.subject } });
}

const form = (tried: string) => `${tried && `<p role="alert">There is no user ${escapeHtml(tried)}.</p>`}
<form method="post">
<p><label for="name">Name</label> <input id="name" name="name" required autofocus autocomplete="username" value="${escapeHtml(tried)}"></p>
<p><button>Sign in</button></p>
</form>`;

function show(response: ServerResponse, status: number, content: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(page(content));
}
