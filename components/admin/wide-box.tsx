import type { ReactNode } from "react";

/** What is wider than a phone scrolls in a box of its own; the box can be reached and scrolled with the keyboard. */
export function WideBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className="scroll" tabIndex={0} aria-label={`${label}, scrolls sideways`}>
      {children}
    </section>
  );
}
