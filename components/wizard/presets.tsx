"use client";

import type { ChoiceRule } from "#lib/booking/choices.ts";
import type { Resources } from "#lib/booking/resources.ts";
import { resourceNames, shapeInWords } from "#lib/booking/resources.ts";
import { presetLabel, presetsFor } from "./common-shapes.ts";

const same = (a: Resources, b: Resources | null) => b !== null && resourceNames.every((name) => a[name] === b[name]);

/** Common shapes, one click each. */
export function Presets(props: {
  most: Resources;
  platform: ChoiceRule;
  shape: Resources | null;
  onShape: (shape: Resources) => void;
}) {
  return (
    <fieldset className="presets">
      <legend className="unseen">Common shapes</legend>
      {presetsFor(props.most, props.platform).map((preset) => (
        <button
          key={presetLabel(preset)}
          type="button"
          aria-pressed={same(preset, props.shape)}
          aria-label={shapeInWords(preset)}
          onClick={() => props.onShape(preset)}
        >
          {presetLabel(preset)}
        </button>
      ))}
    </fieldset>
  );
}
