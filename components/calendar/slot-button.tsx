"use client";

import type { CSSProperties } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { HOLD_MS, holdLeft } from "#lib/client/time-left.ts";
import { clock, clockFrom, day, zoneName } from "#lib/client/zoned-time.ts";
import { cellWords } from "./cell-words.ts";
import { skyOver } from "./nominal-sky.ts";
import type { SlotCell } from "./slot-cells.ts";

interface SlotButtonProps {
  readonly cell: SlotCell;
  readonly index: number;
  readonly now: Millis;
  readonly isTabStop: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onFocus: () => void;
}

/** One slot: start here and there, icon, state and number, the scarcest resource; the bar at its foot is its share. */
export function SlotButton({ cell, index, now, isTabStop, isChosen, onChoose, onFocus }: SlotButtonProps) {
  const { shown, beside } = useZones();
  const { icon, state, figure, why, unseen } = cellWords(cell, now, shown);
  const isNow = cell.start <= now && now < cell.end;
  const isShut = cell.kind === "closed";
  const share = shareOf(cell, now);
  const style = {
    "--sky": skyOver(cell.start, shown),
    "--left": `${Math.round(share * 100)}%`,
    "--done": `${Math.min(100, ((now - cell.start) / (cell.end - cell.start)) * 100).toFixed(1)}%`,
  } as CSSProperties;
  const classes = ["slot", `t-${cell.kind}`, isShut && "hatch", isNow && "now", isChosen && "chosen"];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button is what a cell that one chooses is; see the grid
    <button
      type="button"
      role="gridcell"
      className={classes.filter(Boolean).join(" ")}
      style={style}
      data-index={index}
      tabIndex={isTabStop ? 0 : -1}
      aria-selected={isChosen}
      aria-disabled={isShut || undefined}
      onClick={isShut ? undefined : onChoose}
      onFocus={onFocus}
    >
      <span className="when">
        <span className="unseen">{day(cell.start, shown)} </span>
        <b>
          {clock(cell.start, shown)}
          <span className="unseen">
            {" "}
            to {clockFrom(cell.start, cell.end, shown)} {zoneName(shown)},{" "}
          </span>
        </b>
        <i>{beside === null ? "UTC" : `${clock(cell.start, beside)} ${zoneName(beside)}`}</i>
        <span className="unseen">: </span>
      </span>
      <Icon name={icon} className="mark" />
      <span className="state">
        {state}
        {figure && <b> {figure}</b>}
      </span>
      <span className="why">
        <span className="unseen"> </span>
        {why}
        <span className="unseen">{unseen}</span>
      </span>
      {share > 0 && <span className="gauge" />}
    </button>
  );
}

/** The bar: of a hold the time left, of what can be had the scarcest resource; where neither speaks there is none. */
function shareOf({ kind, offer, fit }: SlotCell, now: Millis): number {
  if (kind === "held") return Math.min(1, holdLeft(offer?.expiresAt ?? now, now) / HOLD_MS);
  return kind === "mine" || kind === "late" || kind === "soon" ? 0 : fit.share;
}
