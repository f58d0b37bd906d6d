import type { Trying } from "./use-try.ts";

/** What came back: status, headers, body. */
export function TryAnswer({ state, tried, trouble }: Pick<Trying, "state" | "tried" | "trouble">) {
  return (
    <div role="status" className="try-answer">
      {state === "sending" && <p className="quiet">Sent; no answer yet.</p>}
      {trouble && <p className="wrong">There was no answer that can be read: {trouble}</p>}
      {tried && (
        <>
          <p>
            <b className={/^[23]/.test(tried.status) ? "good" : "bad"}>{tried.status}</b>
          </p>
          <details>
            <summary className="small quiet">{tried.headers.length} headers</summary>
            <pre className="code">
              <code>{tried.headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</code>
            </pre>
          </details>
          {tried.body !== "" && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
            <pre className="code" tabIndex={0}>
              <code>{inLines(tried)}</code>
            </pre>
          )}
        </>
      )}
    </div>
  );
}

/** JSON comes in one line. */
function inLines({ body, headers }: { body: string; headers: readonly (readonly [string, string])[] }): string {
  if (!headers.some(([name, value]) => name === "content-type" && /[/+]json\b/.test(value))) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body; // Not all of it has come yet.
  }
}
