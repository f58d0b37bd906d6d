"use client";

import { type ReactNode, useId } from "react";
import { Icon } from "#components/ui/icon.tsx";

interface StepperProps {
  readonly label: string;
  readonly unit?: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** The text after one step up (+1) or down (−1). */
  readonly after: (direction: 1 | -1) => string;
  readonly problem: string | undefined;
  /** What stands under the field: what is left, what this takes. */
  readonly children?: ReactNode;
}

/** An amount: buttons for small changes, typing for large ones; what is typed stays as typed. */
export function StepperField({ label, unit, text, onText, after, problem, children }: StepperProps) {
  const id = useId();
  const step = (direction: 1 | -1) => onText(after(direction));
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {unit && <span className="unseen">, {unit}</span>}
      </label>
      <div className="step">
        <button type="button" aria-label={`Less: ${label.toLowerCase()}`} onClick={() => step(-1)}>
          <Icon name="minus" />
        </button>
        <div className="value">
          <input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            style={{ width: `${Math.max(2, Math.min(9, text.length + 1))}ch` }}
            onChange={(event) => onText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
              event.preventDefault();
              step(event.key === "ArrowUp" ? 1 : -1);
            }}
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-problem`}
          />
          {unit && <span aria-hidden="true">{unit}</span>}
        </div>
        <button type="button" aria-label={`More: ${label.toLowerCase()}`} onClick={() => step(1)}>
          <Icon name="plus" />
        </button>
      </div>
      <p id={`${id}-problem`} className="wrong">
        {problem}
      </p>
      {children}
    </div>
  );
}
