import { Icon } from "#components/ui/icon.tsx";
import { type CellKind, cellKinds, type SlotCell } from "./slot-cells.ts";

const words: Record<CellKind, string> = {
  fits: "fits",
  smaller: "fits smaller",
  full: "full",
  closed: "closed",
  held: "held",
  mine: "mine",
};

/** What the marks mean, and how many there are of each. */
export function Legend({ cells }: { cells: readonly SlotCell[] }) {
  return (
    <ul className="legend" aria-label="What the marks mean">
      {cellKinds.map((kind) => (
        <li key={kind} className={`t-${kind}`}>
          <Icon name={kind} />
          {words[kind]} <b>{cells.filter((cell) => cell.kind === kind).length}</b>
        </li>
      ))}
    </ul>
  );
}
