"use client";

import { useId } from "react";

interface TextFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly problem: string | undefined;
  readonly hint?: string;
  readonly unit?: string;
  readonly type?: "text" | "datetime-local";
  readonly numeric?: boolean;
}

/** A field with its words: what it is, what stands beside it, what is wrong with it. What is typed stays as typed. */
export function TextField({ label, text, onText, problem, hint, unit, type = "text", numeric }: TextFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {unit && `, ${unit}`}
      </label>
      <input
        id={id}
        className="input"
        type={type}
        inputMode={numeric ? "numeric" : undefined}
        autoComplete="off"
        value={text}
        maxLength={type === "text" && !numeric ? 200 : undefined}
        onChange={(event) => onText(event.target.value)}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem ${id}-hint`}
      />
      <p id={`${id}-problem`} className="wrong">
        {problem}
      </p>
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
    </div>
  );
}
