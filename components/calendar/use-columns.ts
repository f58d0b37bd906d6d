"use client";

import { type RefObject, useEffect, useState } from "react";
import { ROW } from "./slot-rows.ts";

/**
 * How many cells stand side by side in the grid's first row. The style sheet decides by the grid's own width; rows for
 * the ear and arrow keys have to follow what the eye sees.
 */
export function useColumns(grid: RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(ROW);
  useEffect(() => {
    const element = grid.current;
    const row = element?.querySelector(".watch");
    if (!element || !row) return;
    const watch = new ResizeObserver(() => {
      setColumns(getComputedStyle(row).gridTemplateColumns.split(" ").length);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [grid]);
  return columns;
}
