import { type Answer, page, text, unexpected } from "./answer.ts";
import type { Outage } from "./scenario.ts";

export const unavailable = (): Answer => text(503, "temporarily unavailable: null", { "retry-after": "30" });

/** An outage of a part that has its own; `path` null: all of it, `left` null: until it is taken back. */
export interface OrderedOutage {
  readonly kind: Outage;
  readonly path: string | null;
  left: number | null;
}

/** The outage of a request for `path`, which counts as one use of it. */
export function takeOrdered(settings: { outage: OrderedOutage | null }, path: string): Outage | null {
  const { outage } = settings;
  if (!outage || (outage.path !== null && outage.path !== path)) return null;
  if (outage.left !== null) outage.left -= 1;
  if (outage.left === 0) settings.outage = null;
  return outage.kind;
}

/** The answer while something is out of order; `work` is what would have been done. */
export async function withOutage(outage: Outage | null, work: () => Promise<Answer>): Promise<Answer> {
  switch (outage) {
    case null:
      return await work();
    case "500":
    case "storage":
      return unexpected("connection refused");
    case "503":
      return unavailable();
    case "html":
      return page(200, "Maintenance", "<p>The service is being worked on.</p>");
    case "ignore":
      return text(200, "");
    case "reset":
    case "hang":
      return { ...text(200, ""), wire: outage };
    case "half":
      return { ...(await work()), wire: "half" };
    case "reset-after":
      return { ...(await work()), wire: "reset" };
  }
}
