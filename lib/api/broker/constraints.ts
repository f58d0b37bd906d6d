import { footprint, type Rates } from "#lib/booking/footprint.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";
import { costMeasures, metricMeasures } from "./measures.ts";

type Constraints = Pick<StandardRequest, "costs" | "metrics" | "compute">;

interface Constraint {
  readonly type?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** A bound, and where it stands in the request. */
interface PlacedConstraint extends Constraint {
  readonly path: string;
}

/** All bounds of a request: those of its compute resource are bounds of the session, as nothing else costs anything. */
export function constraintsOf({ costs, metrics, compute }: Constraints): {
  readonly costs: readonly PlacedConstraint[];
  readonly metrics: readonly PlacedConstraint[];
} {
  const placed = (list: readonly Constraint[] = [], at: string) =>
    list.map(({ type, min, max }, index) => ({ type, min, max, path: `${at}/${index}` }));
  return {
    costs: [...placed(costs, "/costs"), ...placed(compute?.costs, "/compute/costs")],
    metrics: [...placed(metrics, "/metrics"), ...placed(compute?.metrics, "/compute/metrics")],
  };
}

/** Whether the request bounds anything: then offers are as small as will do. */
export function isConstrained(request: Constraints): boolean {
  const { costs, metrics } = constraintsOf(request);
  return costs.length + metrics.length > 0;
}

/** Refuses constraints on what we cannot measure, bounds that contradict each other, and bounds of what costs nothing by itself. */
export function checkConstraints(request: StandardRequest): Message[] {
  const { costs, metrics } = constraintsOf(request);
  return [...unknownTypes(costs, costMeasures), ...unknownTypes(metrics, metricMeasures), ...boundsElsewhere(request)];
}

function unknownTypes(all: readonly PlacedConstraint[], known: readonly { type: string }[]): Message[] {
  return all.flatMap(({ type, min, max, path }): Message[] => {
    if (type === undefined || !known.some((one) => one.type === type)) {
      const types = known.map((one) => one.type).join(", ");
      const template = "{path}: this broker cannot measure “{type}”; it knows {types}.";
      const values = { path: `${path}/type`, type: shown(type ?? "nothing"), types };
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

function boundsElsewhere({ executable, compute, storage = [], data = [] }: StandardRequest): Message[] {
  const listed = (list: readonly object[], at: string) => list.map((one, index) => [one, `${at}/${index}`] as const);
  const components: (readonly [object, string])[] = [
    ...(executable === undefined ? [] : [[executable, "/executable"] as const]),
    ...listed(compute?.volumes ?? [], "/compute/volumes"),
    ...listed(storage, "/storage"),
    ...listed(data, "/data"),
  ];
  return components.flatMap(([component, path]) =>
    (["costs", "metrics"] as const)
      .filter((list) => ((component as { costs?: unknown[]; metrics?: unknown[] })[list] ?? []).length > 0)
      .map((list): Message => {
        const template = "{path}: bounds are kept for the whole session; give them in {instead}.";
        const values = { path: `${path}/${list}`, instead: `/${list}` };
        return { kind: "urn:not-supported", level: "ERROR", template, values };
      }),
  );
}

/**
 * The constraints that a session of that size over that time does not meet: it would cost more than the most that is allowed, or
 * perform less than the least that is needed. All have to be met.
 */
export function unmetConstraints(
  request: Constraints,
  resources: Resources,
  durationMs: Millis,
  { title, rates }: { readonly title: string; readonly rates: Rates },
): Message[] {
  const { costs, metrics } = constraintsOf(request);
  const values = footprint(resources, durationMs, rates);
  const find = (all: typeof costMeasures, wanted: string | undefined) => all.find(({ type }) => type === wanted);
  const dear = costs.flatMap((cost): Message[] => {
    const measure = find(costMeasures, cost.type);
    const value = measure?.of(values);
    const most = cost.max;
    if (measure === undefined || value === undefined || most === undefined || value <= most) return [];
    const template = "On {platform} it would cost {value}, which is more than the {most} of {path}.";
    const inUnits = (amount: number) => words(amount, measure.unit(rates));
    return [unmet(template, { path: `${cost.path}/max`, value: inUnits(value), most: inUnits(most), platform: title })];
  });
  const weak = metrics.flatMap((metric): Message[] => {
    const measure = find(metricMeasures, metric.type);
    const value = measure?.of(values);
    const least = metric.min;
    if (measure === undefined || value === undefined || least === undefined || value >= least) return [];
    const template = "On {platform} it would reach {value}, which is less than the {least} of {path}.";
    const inUnits = (amount: number) => words(amount, measure.unit(rates));
    return [
      unmet(template, { path: `${metric.path}/min`, value: inUnits(value), least: inUnits(least), platform: title }),
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
