import type fc from "fast-check";
import { compare } from "./compare.ts";
import { type Model, pick, type Real } from "./model.ts";

/** One thing that may happen. `perform` does it in both worlds and says what the broker should have answered. */
export interface Step {
  /** Shown when a run fails, so that it can be read as a story. */
  readonly title: string;
  /** Whether it makes sense now; left out otherwise. */
  readonly applies?: (model: Model) => boolean;
  readonly perform: (model: Model, real: Real) => Promise<void>;
}

/** A step as a command of fast-check; after each, both worlds are compared. */
export class Command implements fc.AsyncCommand<Model, Real> {
  readonly #step: Step;
  constructor(step: Step) {
    this.#step = step;
  }
  check(model: Readonly<Model>): boolean {
    return this.#step.applies?.(model) ?? true;
  }
  async run(model: Model, real: Real): Promise<void> {
    await this.#step.perform(model, real);
    await compare(model, real);
  }
  toString(): string {
    return this.#step.title;
  }
}

/** The person of that number in the real world. */
export function personOf(real: Real, person: number): { readonly id: string; readonly name: string } {
  return pick(real.universe.people, person);
}
