"use client";

import type { PlatformView } from "#lib/api/view.ts";
import type { RequestField } from "#lib/booking/refusal.ts";
import { ChoicesNote } from "./choices-note.tsx";
import { imageText, withType } from "./draft-executable.ts";
import { HeadlessFields } from "./headless-fields.tsx";
import { ImageField } from "./image-field.tsx";
import type { Draft } from "./request-draft.ts";
import { TypeField } from "./type-field.tsx";

interface WhatToRunProps {
  readonly platform: PlatformView;
  readonly draft: Draft;
  readonly onDraft: (change: Partial<Draft>) => void;
  readonly problem: (field: RequestField) => string | undefined;
}

/** Type and image, and what a headless session runs: whatever the platform says may be chosen. */
export function WhatToRun({ platform, draft, onDraft, problem }: WhatToRunProps) {
  const { type } = draft;
  return (
    <div className="what">
      <TypeField
        types={platform.choices?.types ?? null}
        type={type}
        onType={(next) => onDraft(withType(draft, next, platform))}
      />
      <div className="image">
        <ImageField
          // Another type has other images.
          key={type}
          type={type}
          choices={platform.choices}
          text={imageText(draft, platform)}
          onText={(image) => onDraft({ image })}
          problem={problem("executable")}
        />
        <ChoicesNote platform={platform} />
      </div>
      {type === "headless" && <HeadlessFields draft={draft} onDraft={onDraft} problem={problem} />}
    </div>
  );
}

/** There is nothing to choose. */
export function OneEnvironment({ problem }: { problem: string | undefined }) {
  return (
    <div className="field what">
      <p className="label">Type</p>
      <p className="plate">
        notebook<span>this machine’s Jupyter</span>
      </p>
      <p className="wrong">{problem}</p>
    </div>
  );
}
