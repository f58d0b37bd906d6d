import type { OrderedOutage } from "./outage.ts";

/** How CADC's accounts behave. */
export interface CadcSettings {
  /** No certificate lasts longer than so many days. */
  mostDays: number;
  /** `path`: `login`, `whoami` or `generate`. */
  outage: OrderedOutage | null;
}

export const defaultCadcSettings = (): CadcSettings => ({ mostDays: 30, outage: null });
