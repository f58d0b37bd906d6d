import { Icon, type IconName } from "#components/ui/icon.tsx";
import { type CellKind, countOf, type SlotCell } from "./slot-cells.ts";

/** In the order they are shown. */
const marks: readonly { kind: CellKind; icon: IconName; words: string; isRare?: boolean }[] = [
  { kind: "fits", icon: "fits", words: "fits" },
  { kind: "smaller", icon: "smaller", words: "fits smaller" },
  { kind: "full", icon: "full", words: "full" },
  { kind: "soon", icon: "beyond", words: "starts too soon", isRare: true },
  { kind: "late", icon: "beyond", words: "too late for this duration", isRare: true },
  { kind: "closed", icon: "closed", words: "closed" },
  { kind: "held", icon: "held", words: "held" },
  { kind: "mine", icon: "mine", words: "mine" },
];

/** What the marks mean, and how many there are of each; the rare ones only while they are there. */
export function Legend({ cells }: { cells: readonly SlotCell[] }) {
  return (
    <ul className="legend" aria-label="What the marks mean">
      {marks
        .filter(({ kind, isRare }) => !isRare || countOf(cells, kind) > 0)
        .map(({ kind, icon, words }) => (
          <li key={kind} className={`t-${kind}`}>
            <Icon name={icon} />
            {words} <b>{countOf(cells, kind)}</b>
          </li>
        ))}
    </ul>
  );
}
