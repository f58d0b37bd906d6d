"use client";

import { useToken } from "./token-provider.tsx";

/** Whose name requests are tried in. */
export function TokenField({ signedInAs }: { signedInAs: string | null }) {
  const { token, setToken } = useToken();
  return (
    <div className="field token">
      <label htmlFor="token">Access token to try it with</label>
      <input
        id="token"
        className="input mono"
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={token}
        placeholder="mrd_…"
        aria-describedby="token-hint"
        onChange={({ target }) => setToken(target.value.trim())}
      />
      <p className="hint" id="token-hint">
        {signedInAs
          ? `Left empty, requests are sent as ${signedInAs}, who is signed in here.`
          : "Without one you are nobody: sign in, or paste a token."}{" "}
        It stays in this page and is forgotten when you leave.
      </p>
    </div>
  );
}
