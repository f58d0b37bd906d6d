"use client";

import { useState } from "react";
import type { CheckedDraft } from "#components/wizard/request-draft.ts";
import { type Resources, resourceNames } from "#lib/booking/resources.ts";

const least: Resources = { cores: 1, memoryGiB: 1, gpus: 0 };

/** The shape the grid speaks of: what is typed, and while that cannot be right, what was right last. */
export function useLastShape(checked: CheckedDraft) {
  const [last, setLast] = useState({ shape: checked.shape ?? least, durationSlots: checked.durationSlots ?? 1 });
  const shape = checked.shape ?? last.shape;
  const durationSlots = checked.durationSlots ?? last.durationSlots;
  const isNew = durationSlots !== last.durationSlots || resourceNames.some((name) => shape[name] !== last.shape[name]);
  if (isNew) setLast({ shape, durationSlots });
  return { shape, durationSlots };
}
