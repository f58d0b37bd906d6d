"use client";

import { Button } from "react-aria-components";
import { applyWords } from "./preview-words.ts";
import type { LimitChange } from "./use-limit-change.ts";

interface ChangeFootProps {
  readonly change: LimitChange;
  readonly close: () => void;
  readonly onApply: () => void;
  /** Why nothing can be applied yet; null: something can. */
  readonly wait: string | null;
}

/** The way out, and the button that says what it will do. */
export function ChangeFoot({ change, close, onApply, wait }: ChangeFootProps) {
  const { preview, isCurrent, isApplying, isBroken, refusals } = change;
  const unplaced = refusals.find(({ field }) => field === undefined)?.sentence;
  const canApply = wait === null && isCurrent && preview !== null && !isApplying;
  const word = isApplying ? "Saving…" : canApply ? applyWords(preview) : "Save";
  return (
    <>
      <p className="wrong" role="alert">
        {isBroken ? "The server did not answer as it should. Look again in a moment." : unplaced}
      </p>
      <div className="foot">
        <p className="small quiet">{wait ?? (canApply ? "Nothing has been changed yet." : null)}</p>
        <Button className="btn" onPress={close}>
          Back, change nothing
        </Button>
        <button
          type="button"
          className={canApply || isApplying ? "btn primary" : "btn"}
          aria-disabled={!canApply}
          onClick={() => canApply && onApply()}
        >
          {word}
        </button>
      </div>
    </>
  );
}
