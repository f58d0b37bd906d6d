import { faultOfImage, isListed, isPrivate, slowOfImage } from "./images.ts";
import type { Delays, Fault } from "./session.ts";
import type { World } from "./world.ts";

/**
 * Ways to be out of order. `500`, `503`: the platform's texts. `reset`: the connection breaks before anything is done;
 * `reset-after`: it is done and then breaks. `html`: a proxy's page with status 200. `half`: the answer stops in the
 * middle. `ignore`: 200 and an empty body, and nothing is done. `hang`: no answer at all. `storage`: the home directory
 * cannot be made, seen only while creating.
 */
export const outages = ["500", "503", "reset", "reset-after", "html", "half", "ignore", "hang", "storage"] as const;
export type Outage = (typeof outages)[number];

/** What an administration request has ordered. A later rule goes before an earlier one. */
export interface Rule {
  /** Null: every image, and every request. */
  readonly image: string | null;
  /** An outage only for this method. */
  readonly method: string | null;
  readonly delays: Partial<Delays>;
  readonly fault: Fault | null;
  readonly slow: { readonly createAfterMs: number; readonly answerAfterMs: number } | null;
  readonly outage: Outage | null;
  /** How often it still applies; null: until cleared. */
  left: number | null;
}

/** The outage of a request to /skaha, or of creating `image`; counts as one use of its rule. */
export function takeOutage(world: World, method: string, image: string | null): Outage | null {
  const rule = world.rules.findLast(
    (one) =>
      one.outage !== null &&
      one.image === image &&
      one.outage !== "storage" &&
      (one.method === null || one.method === method),
  );
  if (rule) use(world, rule);
  return rule?.outage ?? null;
}

/** Whether the storage service refuses a home directory now. */
export function takeStorageTrouble(world: World, image: string): boolean {
  const rule = world.rules.findLast((one) => one.outage === "storage" && (one.image ?? image) === image);
  if (rule) use(world, rule);
  return rule !== undefined;
}

/** What becomes of a session of this image: the rules, else what its name says, else nothing special. */
export function takeFate(world: World, image: string, registrySecret: string | null) {
  const matching = world.rules.filter((one) => one.outage === null && (one.image ?? image) === image);
  const fault = matching.findLast((one) => one.fault !== null)?.fault ?? faultOfImage[image] ?? null;
  const slow = matching.findLast((one) => one.slow !== null)?.slow ?? slowOfImage[image] ?? null;
  const delays = Object.assign({}, world.delays, ...matching.map((one) => one.delays)) as Delays;
  for (const rule of matching) use(world, rule);
  const cannotPull = !isListed(image) && !(isPrivate(image) && registrySecret !== "wrong");
  return { delays, slow, fault: fault ?? (cannotPull ? ({ kind: "bad-image" } as const) : null) };
}

function use(world: World, rule: Rule): void {
  if (rule.left === null) return;
  rule.left -= 1;
  if (rule.left <= 0) world.rules = world.rules.filter((one) => one !== rule);
}
