import type { Crowd } from "./crowd.ts";

/** What the race tells a process of clients: at first all it needs, then which operations are its next. */
export type ToClients =
  | { readonly kind: "begin"; readonly race: Assignment }
  /** Operations `[first, until)`; none left when both are equal. */
  | { readonly kind: "next"; readonly first: number; readonly until: number };

/** What a process of clients tells the race. */
export type FromClients =
  | { readonly kind: "ask" }
  | { readonly kind: "tally"; readonly tally: Tally; readonly memoryMiB: number };

export interface Assignment {
  readonly crowd: Crowd;
  readonly clients: number;
  readonly seed: number;
  readonly naive: boolean;
  /** Where the promises made to these clients are written down. */
  readonly promises: string;
}

/** How often each answer was given since the last time, and the first unexpected exceptions in words. */
export interface Tally {
  readonly answers: Record<string, number>;
  readonly troubles: readonly string[];
}
