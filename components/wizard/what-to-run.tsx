"use client";

import { useId } from "react";
import type { CalendarView } from "#lib/api/view.ts";
import type { Draft } from "./request-draft.ts";

interface WhatToRunProps {
  readonly view: CalendarView;
  readonly draft: Draft;
  readonly onDraft: (change: Partial<Draft>) => void;
  readonly problem: string | undefined;
}

/** Type and image. This machine has one environment only, so there is nothing to choose. */
export function WhatToRun({ view, draft, onDraft, problem }: WhatToRunProps) {
  const id = useId();
  const { platform } = view;
  return (
    <div className="field what">
      {platform.name === "local" ? (
        <>
          <p className="label">Type</p>
          <p className="plate">
            notebook<span>this machine’s Jupyter</span>
          </p>
        </>
      ) : (
        <>
          <label htmlFor={id}>Notebook image, project/image:tag</label>
          <input
            id={id}
            className="input mono"
            value={draft.image}
            onChange={(event) => onDraft({ image: event.target.value })}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-problem`}
          />
        </>
      )}
      <p id={`${id}-problem`} className="wrong">
        {problem}
      </p>
    </div>
  );
}
