/** The last lines a server wrote. Scrolls in its own box, so it can be reached with the keyboard. */
export function SessionLog({ log, label, lines }: { log: string; label: string; lines?: number }) {
  const all = log.trimEnd();
  const text = lines === undefined ? all : all.split("\n").slice(-lines).join("\n");
  return (
    <section className="log-box" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable with the keyboard */}
      <pre className="log" tabIndex={0}>
        {text || "Nothing was written yet."}
      </pre>
    </section>
  );
}
