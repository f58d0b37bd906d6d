/** One step up or down from what is typed, inside `[least, most]`; text that is no number counts as `least`. */
export function stepped(text: string, by: number, least: number, most: number): string {
  const value = numberIn(text) ?? least - by;
  return String(Math.max(least, Math.min(most, value + by)));
}

/** The next amount above or below what is typed, of those there are, smallest first; the last one stays. */
export function steppedAmong(text: string, way: 1 | -1, amounts: readonly number[]): string {
  const value = numberIn(text) ?? Number.NEGATIVE_INFINITY;
  const next = way === 1 ? amounts.find((one) => one > value) : amounts.findLast((one) => one < value);
  return String(next ?? (way === 1 ? amounts.at(-1) : amounts[0]) ?? text);
}

const numberIn = (text: string): number | null => (/^[+-]?\d{1,15}$/.test(text.trim()) ? Number(text) : null);
