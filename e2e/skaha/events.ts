import { admittedAt, endOf, flapOf, readyAt, type Session } from "./session.ts";
import type { World } from "./world.ts";

/** Kubernetes forgets events after an hour. */
const KEPT_MS = 3_600_000;

interface Event {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly first: number;
  readonly last?: number;
}

/** The table that `view=events` prints, or `<none>`. The caller knows that a pod exists. */
export function eventsTable(world: World, session: Session): string {
  const now = world.clock.now();
  const kept = eventsOf(session, now).filter(({ first, last }) => first <= now && now - (last ?? first) < KEPT_MS);
  if (kept.length === 0) return "<none>\n";
  const time = (at: number) => new Date(world.clock.shown(at)).toISOString().replace(/\.\d+Z/, "Z");
  const rows = kept.map(({ type, reason, message, first, last }) => [
    type,
    reason,
    message,
    time(first),
    time(last ?? first),
  ]);
  const table = [["TYPE", "REASON", "MESSAGE", "FIRST-TIME", "LAST-TIME"], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ")}`.trimEnd())
    .map((line) => `${line}\n`)
    .join("");
}

function eventsOf(session: Session, now: number): Event[] {
  const at = admittedAt(session);
  const kind = session.fault?.kind;
  const node = `Successfully assigned skaha-workload/skaha-${session.type}-${session.name}-${session.id} to node-1`;
  if (kind === "unschedulable") {
    const message = "0/1 nodes are available: 1 Insufficient cpu.";
    return [{ type: "Warning", reason: "FailedScheduling", message, first: at, last: now }];
  }
  const begun: Event[] = [
    { type: "Normal", reason: "Scheduled", message: node, first: at },
    { type: "Normal", reason: "Pulling", message: `Pulling image "${session.image}"`, first: at },
  ];
  if (kind === "bad-image") return [...begun, ...pullFailures(session, at, now)];
  const ready = readyAt(session) ?? at;
  const events: Event[] = [...begun, ...containerStarts(session, ready)];
  const flap = flapOf(session);
  if (flap) {
    const message = "Startup probe failed: connection refused";
    if (session.fault?.kind === "flap" && session.fault.killed)
      events.push({ type: "Warning", reason: "OOMKilled", message: "Container ran out of memory", first: flap.from });
    events.push({ type: "Warning", reason: "Unhealthy", message, first: flap.from, last: Math.min(now, flap.to) });
    events.push(...containerStarts(session, flap.to));
  }
  const end = endOf(session, now);
  if (end && kind === "out-of-memory")
    events.push({ type: "Warning", reason: "OOMKilled", message: "Container ran out of memory", first: end.at });
  return events;
}

const pullFailures = ({ image }: Session, at: number, now: number): Event[] =>
  [
    ["Failed", `Failed to pull image "${image}": not found`],
    ["Failed", "Error: ErrImagePull"],
    ["BackOff", `Back-off pulling image "${image}"`],
    ["Failed", "Error: ImagePullBackOff"],
  ].map(([reason = "", message = ""]) => ({ type: "Warning", reason, message, first: at, last: now }));

const containerStarts = ({ image }: Session, at: number): Event[] =>
  [
    ["Pulled", `Successfully pulled image "${image}"`],
    ["Created", "Created container"],
    ["Started", "Started container"],
  ].map(([reason = "", message = ""]) => ({ type: "Normal", reason, message, first: at }));
