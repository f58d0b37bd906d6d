/** How full a slot is: whole per cent of the limit, and the step of the scale it is painted with. */
export interface Load {
  /** 100 only when nothing is left, 0 only when nothing is used; infinite when something is used of a limit of 0. */
  readonly percent: number;
  readonly level: LoadLevel;
}

/** The steps, as the legend names them: from that many per cent on. */
export const loadLevels = ["h0", "h1", "h2", "h3", "h4", "full", "over"] as const;
export type LoadLevel = (typeof loadLevels)[number];

/** The load of a slot; null when there is nothing to use and nothing is used. */
export function loadOf(used: number, limit: number): Load | null {
  if (limit === 0 && used === 0) return null;
  const exact = limit === 0 ? Number.POSITIVE_INFINITY : (used / limit) * 100;
  if (exact > 100) return { percent: Math.max(101, Math.round(exact)), level: "over" };
  if (exact === 100) return { percent: 100, level: "full" };
  const percent = exact === 0 ? 0 : Math.min(99, Math.max(1, Math.round(exact)));
  return { percent, level: loadLevels[Math.floor(percent / 20)] ?? "h4" };
}

/** "81", and "over" where no number would say anything. */
export const percentText = ({ percent }: Load): string => (Number.isFinite(percent) ? String(percent) : "over");
