import type { Town } from "./town.ts";

/** What the requests of a load look like: one offer a set, spread; four offers a set; everything in one slot. */
export type Shape = "spread" | "sets of four" | "one slot";

/** What a load process is told to do. */
export type Order =
  /** Makes offers that {@link Order} `accept` will use; untimed. */
  | {
      readonly do: "prepare";
      readonly town: Town;
      readonly shape: Shape;
      readonly offers: number;
      readonly clients: number;
    }
  /** Accepts what is prepared, until the time or the offers are over. */
  | { readonly do: "accept"; readonly clients: number; readonly seconds: number }
  /** Requests and accepts, until the time is over. */
  | {
      readonly do: "pairs";
      readonly town: Town;
      readonly clients: number;
      readonly seconds: number;
    }
  /** Times single questions, one after the other. */
  | {
      readonly do: "look up";
      readonly town: Town;
      readonly what: Lookup;
      readonly times: number;
      readonly first: number;
    };

export type Lookup = "offers" | "availability" | "accept";

export interface Answer {
  /** How many things were done between `began` and `ended` (milliseconds since 1970). */
  readonly done: number;
  readonly began: number;
  readonly ended: number;
  /** Of look-ups: how long each took, in milliseconds. */
  readonly took: readonly number[];
  /** Offer sets that look-ups made and that are of no use any more. */
  readonly sets: readonly string[];
}
