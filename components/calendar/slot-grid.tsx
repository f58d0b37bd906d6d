"use client";

import { type CSSProperties, type KeyboardEvent, useRef, useState } from "react";
import { useZones } from "#components/ui/use-zones.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { gridMove } from "./grid-move.ts";
import { skyStrip } from "./nominal-sky.ts";
import { SlotButton } from "./slot-button.tsx";
import type { SlotCell } from "./slot-cells.ts";
import { ROW, rowLabel, rowsOf } from "./slot-rows.ts";
import { useColumns } from "./use-columns.ts";

interface SlotGridProps {
  readonly cells: readonly SlotCell[];
  readonly now: Millis;
  readonly isChosen: (cell: SlotCell) => boolean;
  readonly onChoose: (cell: SlotCell) => void;
}

/** Every slot of the window as one grid with one tab stop, after the WAI-ARIA grid pattern. */
export function SlotGrid({ cells, now, isChosen, onChoose }: SlotGridProps) {
  const { shown } = useZones();
  const grid = useRef<HTMLDivElement>(null);
  const columns = useColumns(grid);
  // By start and not by place: when the hour turns, the grid moves on under the cursor.
  const [activeStart, setActiveStart] = useState<Millis | null>(null);
  const active = Math.max(
    0,
    cells.findIndex(({ start }) => start === activeStart),
  );

  function onKeyDown(event: KeyboardEvent) {
    const to = gridMove(event.key, event.ctrlKey, { index: active, count: cells.length, columns });
    if (to === null) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus();
  }

  const first = cells[0];
  const done = first ? Math.min(1, Math.max(0, (now - first.start) / (first.end - first.start))) : 0;
  return (
    <div className="slots">
      {/* biome-ignore lint/a11y/useSemanticElements: a <table> cannot become three columns or a list */}
      <div
        ref={grid}
        role="grid"
        aria-label="Slots one can book"
        className={cells.length > 24 ? "dense" : undefined}
        onKeyDown={onKeyDown}
      >
        {rowsOf(cells, ROW).map((group, groupIndex) => {
          const start = group[0]?.start ?? 0;
          const end = group.at(-1)?.end ?? start;
          const label = rowLabel(start, end, shown);
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the grid
            <div key={start} className="watch" role="rowgroup" aria-label={label}>
              <div className="sky" role="presentation" aria-hidden="true">
                <p>
                  <b>{label}</b>
                </p>
                <i style={{ background: skyStrip(start, end, shown) }} />
              </div>
              {groupIndex === 0 && (
                <span className="nowline" role="presentation" style={{ "--now": done } as CSSProperties} />
              )}
              {rowsOf(group, columns).map((row, rowIndex) => (
                // biome-ignore lint/a11y: see the grid; its cells are what takes the focus, not its rows
                <div key={row[0]?.start} role="row" className="cells">
                  {row.map((cell, columnIndex) => {
                    const index = groupIndex * ROW + rowIndex * columns + columnIndex;
                    return (
                      <SlotButton
                        key={cell.start}
                        cell={cell}
                        index={index}
                        now={now}
                        isTabStop={index === active}
                        isChosen={isChosen(cell)}
                        onChoose={() => onChoose(cell)}
                        onFocus={() => setActiveStart(cell.start)}
                      />
                    );
                  })}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
