"use client";

import { useId } from "react";
import type { RequestField } from "#lib/booking/refusal.ts";
import type { Draft } from "./request-draft.ts";

interface HeadlessFieldsProps {
  readonly draft: Draft;
  readonly onDraft: (change: Partial<Draft>) => void;
  readonly problem: (field: RequestField) => string | undefined;
}

/** What a session without a page runs. */
export function HeadlessFields({ draft, onDraft, problem }: HeadlessFieldsProps) {
  const id = useId();
  const isWrong = (field: RequestField) => problem(field) !== undefined;
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-command`}>Command</label>
        <input
          id={`${id}-command`}
          className="input mono"
          value={draft.command}
          onChange={({ target }) => onDraft({ command: target.value })}
          spellCheck={false}
          autoComplete="off"
          placeholder="the image’s own"
          aria-invalid={isWrong("command")}
          aria-describedby={`${id}-command-problem`}
        />
        <p id={`${id}-command-problem`} className="wrong">
          {problem("command")}
        </p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-args`}>Arguments</label>
        <input
          id={`${id}-args`}
          className="input mono"
          value={draft.args}
          onChange={({ target }) => onDraft({ args: target.value })}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-args-hint`}
        />
        <p id={`${id}-args-hint`} className="hint">
          split at spaces; quotes do not help
        </p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-environment`}>Variables, one a line</label>
        <textarea
          id={`${id}-environment`}
          className="input mono"
          rows={2}
          value={draft.environment}
          onChange={({ target }) => onDraft({ environment: target.value })}
          spellCheck={false}
          autoComplete="off"
          placeholder="NAME=value"
          aria-invalid={isWrong("environment")}
          aria-describedby={`${id}-environment-problem ${id}-environment-hint`}
        />
        <p id={`${id}-environment-problem`} className="wrong">
          {problem("environment")}
        </p>
        <p id={`${id}-environment-hint`} className="hint">
          no secrets: they are kept as they stand
        </p>
      </div>
    </>
  );
}
