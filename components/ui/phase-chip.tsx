import type { Phase } from "#lib/booking/phase.ts";
import { Icon } from "./icon.tsx";
import { phaseWords } from "./phase-words.ts";

/** A phase as a chip: icon, word and colour, always all three. */
export function PhaseChip({ phase }: { phase: Phase }) {
  const { word, icon, tone } = phaseWords[phase];
  return (
    <span className={`chip t-${tone}`}>
      <Icon name={icon} />
      {word}
    </span>
  );
}
