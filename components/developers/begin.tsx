/** From nothing to an accepted offer, in five lines. */
export function Begin({ api }: { api: string }) {
  const lines = [
    `API=${api}`,
    'AUTH="Authorization: Bearer mrd_…"',
    'curl -H "$AUTH" $API/slots',
    'curl -L -H "$AUTH" -H "Content-Type: application/yaml" --data-binary @request.yaml $API/requests',
    `curl -H "$AUTH" -d '{kind: "uri:enum-value-update", path: /phase, value: ACCEPTED}' \\
  -H "Content-Type: application/yaml" $API/sessions/UUID`,
  ];
  return (
    <section className="panel" aria-labelledby="begin">
      <h2 id="begin">Begin in five lines</h2>
      <p className="quiet">
        Make an access token on <a href="/profile">your profile</a>. Then see what is free, ask for offers, and accept
        one of them by its uuid, while it is held for you.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className="code" tabIndex={0}>
        <code>{lines.join("\n")}</code>
      </pre>
      <p className="small quiet">
        The same in words: <code>npm run -s meridian -- request request.yaml</code>, then{" "}
        <code>npm run -s meridian -- accept UUID</code>.
      </p>
    </section>
  );
}
