/**
 * The last lines a server wrote. Scrolls in its own box, which can be reached with the keyboard, and stays
 * at its end while it grows.
 */
export function SessionLog({ log, label }: { log: string; label: string }) {
  return (
    <section className="log-box" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable with the keyboard */}
      <div className="log" tabIndex={0}>
        <pre>{log.trimEnd() || "Nothing was written yet."}</pre>
      </div>
    </section>
  );
}
