import type { Figure } from "../figures.ts";
import { benchAccepting } from "./accepting.ts";
import { benchLookups } from "./looking-up.ts";
import { startBenchServer } from "./server.ts";
import { sizesOf } from "./sizes.ts";
import { benchSumming } from "./summing.ts";

/** The booking engine, through its public steps, on one embedded PostgreSQL: docs/benchmarks.md says what is measured. */
export async function benchBooking({
  rounds,
  quick,
  say,
}: {
  rounds: number;
  quick: boolean;
  say: (line: string) => void;
}): Promise<Figure[]> {
  const sizes = sizesOf(rounds, quick);
  const server = await startBenchServer();
  try {
    const figures: Figure[] = [];
    for (const bench of [benchAccepting, benchSumming, benchLookups])
      figures.push(...(await bench(server, sizes, say)));
    return figures;
  } finally {
    await server.discard();
  }
}
