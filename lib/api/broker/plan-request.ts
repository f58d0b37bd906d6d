import { amountsOf } from "#lib/booking/choices.ts";
import type { Executable } from "#lib/booking/executable.ts";
import { ratesOf } from "#lib/booking/footprint.ts";
import type { ExecutionRequest, PlatformFacts, RequestedStart } from "#lib/booking/request.ts";
import { mapResources, type ResourceName, type Resources, resourceNames } from "#lib/booking/resources.ts";
import { type Millis, slotLength } from "#lib/booking/slot.ts";
import { writeDuration } from "../iso8601/write-time.ts";
import { isAcceptable, type Message } from "../standard/message.ts";
import { isConstrained, unmetConstraints } from "./constraints.ts";
import { coresNeeded } from "./cores-needed.ts";
import { exactStarts, extraAtOnce } from "./exact-starts.ts";
import { executableFor } from "./executable-for.ts";
import type { KeptRequest } from "./kept-request.ts";
import type { Asked } from "./read-request.ts";
import { type Brought, broughtTo } from "./resource-messages.ts";

/** What has to be known of a platform to ask for something there. */
export interface PlannedPlatform extends PlatformFacts {
  readonly title: string;
  readonly settings: unknown;
  readonly launchSeconds: number;
  readonly prepareSeconds: number;
}

/** What to ask for on one platform: the first request that gets offers is the answer. Without any, the messages say why. */
export interface Plan {
  readonly requests: readonly ExecutionRequest[];
  readonly messages: readonly Message[];
}

/** Turns what was asked into requests to one platform: whole slots, amounts it gives, one for each window. */
export function planRequest(asked: Asked, platform: PlannedPlatform, now: Millis): Plan {
  const { request, schedule } = asked;
  if (request.executable === undefined) return { requests: [], messages: [] };
  const { executable: bare, messages: said } = executableFor(request.executable, platform);
  const brought = broughtTo(request, bare, platform);
  const messages = [...said, ...brought.messages];

  const length = slotLength(platform);
  const durationSlots = Math.ceil((schedule.durationMs ?? length) / length);
  const durationMs = durationSlots * length;
  if (schedule.durationMs !== null && durationMs !== schedule.durationMs) {
    messages.push(wholeSlots(durationMs, length, platform.title));
  }
  if (schedule.mostMs !== null && durationMs > schedule.mostMs) messages.push(tooLong(durationMs, platform.title));

  const rates = ratesOf(platform.settings);
  const { least: wished, most: usable } = asked.amounts;
  const needed = { ...wished, cores: Math.max(wished.cores, Math.min(coresNeeded(request, rates), usable.cores)) };
  const least = mapResources((name) => amountAbove(name, needed[name], platform));
  const most = isConstrained(request) ? least : mapResources((name) => mostOf(name, asked, least));
  messages.push(...capped(most, least, platform));
  const unmet = (lengthMs: Millis) => unmetConstraints(request, least, lengthMs, { title: platform.title, rates });
  messages.push(...unmet(durationMs));
  const open = startsOf(asked, now);
  messages.push(...open.messages);
  const atOnceMs = durationMs + extraAtOnce(platform, now);
  const mayStartAtOnce = unmet(atOnceMs).length === 0 && atOnceMs <= (schedule.mostMs ?? atOnceMs);
  const starts = mayStartAtOnce ? open.starts : exactStarts(open.starts, platform, now);
  if (!mayStartAtOnce && isAcceptable(messages)) messages.push(...notAtOnce(open.starts, starts, platform.title, now));
  if (bare === null || !isAcceptable(messages)) return { requests: [], messages };

  const executable = withFiles(bare, brought);
  const kept: KeptRequest = { request, messages: [...asked.messages, ...messages] };
  const requests = starts.map((start) => ({
    executable,
    resources: most,
    minResources: least,
    durationSlots,
    start,
    asked: kept,
  }));
  return { requests, messages };
}

const withFiles = (executable: Executable, { files, folders }: Brought): Executable => ({
  ...executable,
  ...(files.length === 0 ? {} : { files }),
  ...(folders.length === 0 ? {} : { folders }),
});

/** The smallest amount that the platform gives which is no less; what is asked where there is none, to be refused by name. */
function amountAbove(name: ResourceName, least: number, platform: PlatformFacts): number {
  const amounts = amountsOf(platform, name);
  return amounts?.find((amount) => amount >= least) ?? least;
}

const field = { cores: "cores", memoryGiB: "memory", gpus: "gpus" } as const;

/** The most that is wished; where nothing was said of it, the least. */
function mostOf(name: ResourceName, { request, amounts }: Asked, least: Resources): number {
  const isSaid = request.compute?.[field[name]]?.max !== undefined;
  return isSaid ? amounts.most[name] : least[name];
}

/** More than the whole platform is not an error: the offers are smaller. */
function capped(most: Resources, least: Resources, { limit, title }: PlannedPlatform): Message[] {
  return resourceNames
    .filter((name) => most[name] > limit[name] && least[name] <= limit[name])
    .map((name) => ({
      kind: "urn:resource-limit",
      level: "WARN",
      template: "{platform} has {limit} in all, so {path} is taken as that.",
      values: { path: `/compute/${field[name]}/max`, platform: title, limit: String(limit[name]) },
    }));
}

function startsOf({ schedule }: Asked, now: Millis): { starts: RequestedStart[]; messages: Message[] } {
  if (schedule.windows === null) return { starts: [{ kind: "now" }], messages: [] };
  const open = schedule.windows.filter(({ until }) => until >= now);
  if (open.length === 0) return { starts: [], messages: [isOver] };
  return {
    starts: open.map(({ from, until }) => ({ kind: "window", from: Math.max(from, now), until })),
    messages: [
      ...(open.length < schedule.windows.length ? [someAreOver] : []),
      ...(open.some(({ from }) => from < now) ? [hasBegun] : []),
    ],
  };
}

/** What is said when a session that starts at once, and so is longer, would be more than is allowed. */
function notAtOnce(
  open: readonly RequestedStart[],
  left: readonly RequestedStart[],
  platform: string,
  now: Millis,
): Message[] {
  if (!open.some((start) => start.kind === "now" || start.from <= now)) return [];
  const why =
    "On {platform} a session that starts at once has the rest of its slot, too, and would exceed what is allowed";
  const what = { kind: "urn:constraint-not-met", values: { path, platform } } as const;
  return left.length > 0
    ? [{ ...what, level: "INFO", template: `${why}: offers start with a slot ({path}).` }]
    : [{ ...what, level: "ERROR", template: `${why}; it can start no later ({path}).` }];
}

const path = "/schedule/requested/start";

const isOver: Message = {
  kind: "urn:outside-window",
  level: "ERROR",
  template: "The time in which it may start ({path}) is over.",
  values: { path },
};

const someAreOver: Message = {
  kind: "urn:outside-window",
  level: "INFO",
  template: "Of the times in which it may start ({path}) some are over already: offers are in the others.",
  values: { path },
};

const hasBegun: Message = {
  kind: "urn:outside-window",
  level: "INFO",
  template: "The time in which it may start ({path}) has begun already: offers are in what is left of it.",
  values: { path },
};

const wholeSlots = (durationMs: Millis, slotMs: Millis, platform: string): Message => ({
  kind: "urn:default-used",
  level: "INFO",
  template: "{platform} is booked in slots of {slot}, so {path} is taken as {duration}.",
  values: {
    path: "/schedule/requested/duration",
    platform,
    slot: writeDuration(slotMs),
    duration: writeDuration(durationMs),
  },
});

const tooLong = (durationMs: Millis, platform: string): Message => ({
  kind: "urn:resource-limit",
  level: "ERROR",
  template: "On {platform} it would be {duration} long, which is more than {path} allows.",
  values: { path: "/schedule/requested/duration/max", platform, duration: writeDuration(durationMs) },
});
