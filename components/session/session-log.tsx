/** The last lines a server wrote. Scrolls in its own box, so it can be reached with the keyboard. */
export function SessionLog({ log, label }: { log: string; label: string }) {
  return (
    <section className="log-box" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable with the keyboard */}
      <pre className="log" tabIndex={0}>
        {log.trimEnd() || "Nothing was written yet."}
      </pre>
    </section>
  );
}
