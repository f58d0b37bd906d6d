import { footprint, type Rates } from "#lib/booking/footprint.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { costMeasures, metricMeasures } from "./measures.ts";

type Constraints = Pick<StandardRequest, "costs" | "metrics">;

/** Whether the request bounds anything: then offers are as small as will do. */
export const isConstrained = ({ costs = [], metrics = [] }: Constraints): boolean => costs.length + metrics.length > 0;

/** Refuses constraints on what we cannot measure, and bounds that contradict each other. */
export function checkConstraints({ costs = [], metrics = [] }: Constraints): Message[] {
  return [...unknownTypes(costs, costMeasures, "costs"), ...unknownTypes(metrics, metricMeasures, "metrics")];
}

interface Constraint {
  readonly type?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

function unknownTypes(all: readonly Constraint[], known: readonly { type: string }[], list: string): Message[] {
  return all.flatMap(({ type, min, max }, index): Message[] => {
    const path = `/${list}/${index}`;
    if (type === undefined || !known.some((one) => one.type === type)) {
      const types = known.map((one) => one.type).join(", ");
      const template = "{path}: this broker cannot measure “{type}”; it knows {types}.";
      const values = { path: `${path}/type`, type: type ?? "nothing", types };
      return [{ kind: "urn:not-supported", level: "ERROR", template, values }];
    }
    if (min !== undefined && max !== undefined && min > max) {
      const template = "{path}: the least, {min}, is more than the most, {max}.";
      return [
        { kind: "urn:invalid-value", level: "ERROR", template, values: { path, min: String(min), max: String(max) } },
      ];
    }
    return [];
  });
}

/**
 * The constraints that a session of that size over that time does not meet: it would cost more than the most that is allowed, or
 * perform less than the least that is needed. All have to be met.
 */
export function unmetConstraints(
  { costs = [], metrics = [] }: Constraints,
  resources: Resources,
  durationMs: Millis,
  rates: Rates,
): Message[] {
  const values = footprint(resources, durationMs, rates);
  const find = (all: typeof costMeasures, wanted: string | undefined) => all.find(({ type }) => type === wanted);
  const dear = costs.flatMap((cost, index): Message[] => {
    const value = find(costMeasures, cost.type)?.of(values);
    const most = "max" in cost ? cost.max : undefined;
    if (value === undefined || most === undefined || value <= most) return [];
    const template = "{path}: it would cost {value}, which is more than {most} ({type}).";
    return [
      unmet(template, { path: `/costs/${index}/max`, value: words(value), most: words(most), type: cost.type ?? "" }),
    ];
  });
  const weak = metrics.flatMap((metric, index): Message[] => {
    const value = find(metricMeasures, metric.type)?.of(values);
    const least = "min" in metric ? metric.min : undefined;
    if (value === undefined || least === undefined || value >= least) return [];
    const template = "{path}: it would give {value}, which is less than {least} ({type}).";
    return [
      unmet(template, {
        path: `/metrics/${index}/min`,
        value: words(value),
        least: words(least),
        type: metric.type ?? "",
      }),
    ];
  });
  return [...dear, ...weak];
}

const words = (value: number): string => String(Number(value.toPrecision(6)));

const unmet = (template: string, values: Record<string, string>): Message => ({
  kind: "urn:constraint-not-met",
  level: "ERROR",
  template,
  values,
});
