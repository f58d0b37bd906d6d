import type { CalendarView } from "#lib/api/view.ts";
import type { BudgetLeft } from "#lib/booking/budget.ts";
import type { AccountKind } from "#lib/booking/capacity.ts";
import { effectiveLimits } from "#lib/booking/limits.ts";
import { resourceNames, shapeInWords } from "#lib/booking/resources.ts";

/** One limit, as the form says it: the figure is its strong half. */
export interface LimitWords {
  readonly key: string;
  readonly figure: string;
  readonly words: string;
}

const owners: Record<AccountKind, string> = {
  platform: "all there is",
  project: "your project’s limit",
  user: "your limit",
};

/** Hours as people read them: at most two decimals. */
const hours = (amount: number): string => String(Math.floor(amount * 100 + 1e-6) / 100);

/** Everything that limits one person on the platform of the calendar, and what is left of it. */
export function limitWords(view: CalendarView): LimitWords[] {
  const { inOneSlot, overWindow } = effectiveLimits(view, view.platform);
  const most = { cores: inOneSlot.cores.most, memoryGiB: inOneSlot.memoryGiB.most, gpus: inOneSlot.gpus.most };
  // The closest owner speaks: that of the platform is only "all there is".
  const owner = (["user", "project"] as const).find((kind) =>
    resourceNames.some((name) => inOneSlot[name].account === kind),
  );
  const words: LimitWords[] = [
    { key: "slot", figure: shapeInWords(most), words: `at the most in one slot, ${owners[owner ?? "platform"]}` },
  ];
  const budget = (key: string, unit: string, left: BudgetLeft | null) => {
    if (left === null) return;
    const figure = `${hours(left.leftHours)} of ${hours(left.limitHours)}`;
    words.push({ key, figure, words: `${unit} left in this window, ${owners[left.account]}` });
  };
  budget("cores", "core-hours", overWindow.cores);
  if (most.gpus > 0) budget("gpus", "GPU-hours", overWindow.gpus);
  const { bookings, heldSets } = view;
  if (bookings.limit !== null) {
    const left = Math.max(0, bookings.limit - bookings.open);
    words.push({ key: "bookings", figure: `${left} of ${bookings.limit}`, words: "bookings left" });
  }
  const atOnce = view.platform.choices?.mostSessions;
  if (atOnce)
    words.push({ key: "at once", figure: String(atOnce), words: `sessions at once on ${view.platform.title}` });
  if (heldSets.limit !== null) {
    words.push({ key: "sets", figure: `${heldSets.live} of ${heldSets.limit}`, words: "sets of offers held" });
  }
  return words;
}
