import type { Rates } from "#lib/booking/footprint.ts";
import type { StandardRequest } from "../standard/requests.ts";

const PERFORMANCE = "urn:ivoa:calycopis:metric:compute-performance";

/** So many cores of a platform reach the performance that a request needs at least; 0 where it needs none. */
export function coresNeeded({ metrics = [] }: Pick<StandardRequest, "metrics">, { scorePerCore }: Rates): number {
  const scores = metrics.flatMap((metric) =>
    metric.type === PERFORMANCE && "min" in metric && metric.min !== undefined ? [metric.min] : [],
  );
  const score = Math.max(0, ...scores);
  // What is a whole number but for the last digits is one.
  return score === 0 ? 0 : Math.ceil(score / scorePerCore - 1e-9);
}
