import type { RaceOptions } from "./options.ts";
import type { Outcome } from "./run-race.ts";

/** One line of the result. */
interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** The result of a race: one table for people, or one JSON object a line for programs. */
export function report(options: RaceOptions, { tallies, checks, seconds }: Outcome): string {
  const { first, last } = tallies.memory.reduce(
    (most, one) => ({ first: Math.max(most.first, one.first), last: Math.max(most.last, one.last) }),
    { first: 0, last: 0 },
  );
  const lines: Line[] = [
    { name: "seed", value: options.seed, unit: "" },
    { name: "clients", value: options.clients, unit: `in ${options.processes} processes` },
    { name: "operations", value: tallies.done, unit: "" },
    { name: "time", value: Math.round(seconds), unit: "s" },
    { name: "rate", value: Math.round(tallies.done / seconds), unit: "operations/s" },
    { name: "memory of a process of clients, at first", value: Math.round(first), unit: "MiB" },
    { name: "memory of a process of clients, in the end", value: Math.round(last), unit: "MiB" },
    ...[...tallies.answers].sort().map(([name, value]) => ({ name, value, unit: "answers" })),
    ...checks.map(({ name, found }) => ({ name, value: found.length, unit: "found" })),
  ];
  if (options.json) return lines.map((line) => JSON.stringify(line)).join("\n");
  const width = Math.max(...lines.map(({ name }) => name.length));
  return lines
    .map(({ name, value, unit }) => `${name.padEnd(width)}  ${String(value).padStart(9)}  ${unit}`)
    .join("\n");
}
