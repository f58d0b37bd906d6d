import type { LimitsView } from "#lib/api/view.ts";
import type { AccountKind } from "#lib/booking/capacity.ts";
import { resourceInWords } from "#lib/booking/resources.ts";

export type LimitName = keyof LimitsView;

/** One limit as the form shows it. */
export interface LimitField {
  readonly label: string;
  /** Stands behind the number. */
  readonly unit: string;
  /** Whether an empty field means "no such limit". */
  readonly mayBeNone: boolean;
}

export const limitFields: Readonly<Record<LimitName, LimitField>> = {
  cores: { label: "Cores", unit: "", mayBeNone: false },
  memoryGiB: { label: "Memory", unit: "GiB", mayBeNone: false },
  gpus: { label: "GPUs", unit: "", mayBeNone: false },
  coreHours: { label: "Core-hours", unit: "", mayBeNone: true },
  gpuHours: { label: "GPU-hours", unit: "", mayBeNone: true },
  openBookings: { label: "Open bookings", unit: "", mayBeNone: true },
  offerSets: { label: "Sets of offers held", unit: "", mayBeNone: true },
};

export const limitNames = Object.keys(limitFields) as readonly LimitName[];

/** Limits that belong together; how many things a person may have at once is a limit of people only. */
export const limitGroups: readonly { readonly title: string; readonly names: readonly LimitName[] }[] = [
  { title: "In each slot", names: ["cores", "memoryGiB", "gpus"] },
  { title: "Over the window, empty: no budget", names: ["coreHours", "gpuHours"] },
  { title: "At once, empty: any number", names: ["openBookings", "offerSets"] },
];

export const groupsOf = (kind: AccountKind) => (kind === "user" ? limitGroups : limitGroups.slice(0, 2));

const many = (amount: number, one: string) => `${amount} ${amount === 1 ? one : `${one}s`}`;

/** A limit in words: "1 core", "no budget of core-hours". */
export function limitInWords(name: LimitName, value: number | null): string {
  if (name === "coreHours") return value === null ? "no budget of core-hours" : many(value, "core-hour");
  if (name === "gpuHours") return value === null ? "no budget of GPU-hours" : many(value, "GPU-hour");
  if (name === "openBookings") return value === null ? "any number of bookings" : many(value, "open booking");
  if (name === "offerSets") {
    if (value === null) return "any number of sets of offers";
    return value === 1 ? "1 set of offers" : `${value} sets of offers`;
  }
  return resourceInWords(name, value ?? 0);
}
