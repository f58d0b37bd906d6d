/** Where one cell of a grid lies. */
export interface GridPlace {
  readonly index: number;
  readonly count: number;
  readonly columns: number;
}

/**
 * The cell a key leads to, after the WAI-ARIA grid pattern; null for keys that do not move. Left and right run on
 * through the rows, as time does; up and down stay in their column; Home and End mean the row, with Ctrl the grid.
 */
export function gridMove(key: string, ctrl: boolean, { index, count, columns }: GridPlace): number | null {
  const rowStart = index - (index % columns);
  const last = count - 1;
  switch (key) {
    case "ArrowRight":
      return Math.min(last, index + 1);
    case "ArrowLeft":
      return Math.max(0, index - 1);
    case "ArrowDown":
      return index + columns <= last ? index + columns : index;
    case "ArrowUp":
      return index - columns >= 0 ? index - columns : index;
    case "Home":
      return ctrl ? 0 : rowStart;
    case "End":
      return ctrl ? last : Math.min(last, rowStart + columns - 1);
    default:
      return null;
  }
}
