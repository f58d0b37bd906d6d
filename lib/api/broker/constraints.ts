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
  { title, rates }: { readonly title: string; readonly rates: Rates },
): Message[] {
  const values = footprint(resources, durationMs, rates);
  const find = (all: typeof costMeasures, wanted: string | undefined) => all.find(({ type }) => type === wanted);
  const dear = costs.flatMap((cost, index): Message[] => {
    const measure = find(costMeasures, cost.type);
    const value = measure?.of(values);
    const most = "max" in cost ? cost.max : undefined;
    if (measure === undefined || value === undefined || most === undefined || value <= most) return [];
    const template = "On {platform} it would cost {value}, which is more than the {most} of {path}.";
    const inUnits = (amount: number) => words(amount, measure.unit(rates));
    return [
      unmet(template, { path: `/costs/${index}/max`, value: inUnits(value), most: inUnits(most), platform: title }),
    ];
  });
  const weak = metrics.flatMap((metric, index): Message[] => {
    const measure = find(metricMeasures, metric.type);
    const value = measure?.of(values);
    const least = "min" in metric ? metric.min : undefined;
    if (measure === undefined || value === undefined || least === undefined || value >= least) return [];
    const template = "On {platform} it would reach {value}, which is less than the {least} of {path}.";
    const inUnits = (amount: number) => words(amount, measure.unit(rates));
    return [
      unmet(template, { path: `/metrics/${index}/min`, value: inUnits(value), least: inUnits(least), platform: title }),
    ];
  });
  return [...dear, ...weak];
}

const words = (value: number, unit: string): string => `${Number(value.toPrecision(6))} ${unit}`;

const unmet = (template: string, values: Record<string, string>): Message => ({
  kind: "urn:constraint-not-met",
  level: "ERROR",
  template,
  values,
});
