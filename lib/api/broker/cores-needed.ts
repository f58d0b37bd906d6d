import type { Rates } from "#lib/booking/footprint.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { constraintsOf } from "./constraints.ts";

const PERFORMANCE = "urn:ivoa:calycopis:metric:compute-performance";

/** So many cores of a platform reach the performance that a request needs at least; 0 where it needs none. */
export function coresNeeded(request: Pick<StandardRequest, "metrics" | "compute">, { scorePerCore }: Rates): number {
  const scores = constraintsOf(request).metrics.flatMap(({ type, min }) =>
    type === PERFORMANCE && min !== undefined ? [min] : [],
  );
  const score = Math.max(0, ...scores);
  // What is a whole number but for the last digits is one.
  return score === 0 ? 0 : Math.ceil(score / scorePerCore - 1e-9);
}
