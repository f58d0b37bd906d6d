"use client";

import { useId, useRef, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";

interface CopyTextProps {
  readonly label: string;
  readonly text: string;
  /** Whether copying it is what one came for. */
  readonly isFirst?: boolean;
}

/** A text to take along. Where the browser does not let the page copy, it is selected, to be copied by hand. */
export function CopyText({ label, text, isFirst = false }: CopyTextProps) {
  const id = useId();
  const shown = useRef<HTMLElement>(null);
  const [state, setState] = useState<"new" | "copied" | "selected">("new");

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      if (shown.current) window.getSelection()?.selectAllChildren(shown.current);
      setState("selected");
    }
  }

  return (
    <div className="copy-text">
      <p id={id} className="label">
        {label}
      </p>
      <div>
        <code ref={shown}>{text}</code>
        <button
          type="button"
          className={isFirst ? "btn primary" : "btn"}
          onClick={copy}
          aria-describedby={id}
          // biome-ignore lint/a11y/noAutofocus: it is what the dialog is about by then
          autoFocus={isFirst}
        >
          <Icon name={state === "copied" ? "check" : "copy"} />
          {state === "copied" ? "Copied" : "Copy"}
        </button>
      </div>
      <p className="hint" role="status">
        {state === "selected" && "The browser does not let this page copy. It is selected: copy it by hand."}
      </p>
    </div>
  );
}
