const MOST_STEPS = 10;

/**
 * Does what a browser does: follows the provider from page to page, with its cookies, signs in as `user`, and ends where it
 * is sent back to the client. The code; throws what the provider said instead.
 */
export async function codeByHand(start: string, redirectUri: string, user: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = start;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const init: RequestInit = form ? { method: "POST", body: form } : {};
    const response: Response = await fetch(at, { ...init, headers: { cookie }, redirect: "manual" });
    for (const one of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get("location");
    const words = await response.text();
    if (location) {
      at = new URL(location, at).href;
      if (at.startsWith(redirectUri)) return codeOf(new URL(at).searchParams, user);
      form = null;
    } else if (response.status === 200 && form === null) form = new URLSearchParams({ name: user });
    else throw new Error(`${user} cannot sign in: ${response.status} ${words}`);
  }
  throw new Error(`${user} cannot sign in: sent from page to page.`);
}

function codeOf(back: URLSearchParams, user: string): string {
  const code = back.get("code");
  if (!code) throw new Error(`${user} cannot sign in: ${back.get("error")} ${back.get("error_description") ?? ""}`);
  return code;
}
