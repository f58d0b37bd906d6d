import type { ConnectorStatus } from "#lib/booking/connector.ts";
import { fetchSeconds } from "#lib/booking/fetch-time.ts";
import type { IdleRule } from "#lib/booking/idle.ts";
import { learnedLead, mostLead } from "#lib/booking/lead.ts";
import type { Repetition } from "#lib/booking/occurrences.ts";
import { isPhase, type Phase } from "#lib/booking/phase.ts";
import type { Executable } from "#lib/booking/request.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis, TimeSpan } from "#lib/booking/slot.ts";
import type { OfferStrategy } from "#lib/booking/strategies.ts";
import { database } from "./client.ts";
import type { StoredPlatform } from "./platforms.ts";

/** A session as it is stored, with what every reader needs beside it. Times in milliseconds. */
export interface StoredSession {
  readonly id: string;
  readonly name: string;
  readonly offerSetId: string;
  readonly platform: Pick<StoredPlatform, "id" | "name" | "title" | "kind" | "settings" | "provider">;
  readonly slotMinutes: number;
  readonly launchSeconds: number;
  /** How long before its start it may be launched. */
  readonly prepareSeconds: number;
  readonly user: { readonly id: string; readonly name: string };
  readonly projectId: string;
  /** When it was offered. */
  readonly createdAt: Millis;
  /** What was asked for in the words of the IVOA's standard; null when a page asked. */
  readonly asked: object | null;
  /** The repetition it belongs to. */
  readonly series: {
    readonly id: string;
    readonly every: Repetition;
    readonly nextAt: Millis | null;
    readonly trouble: string | null;
  } | null;
  /** Its place among the offers of its set, from 0. */
  readonly position: number;
  readonly strategy: OfferStrategy;
  readonly executable: Executable;
  readonly resources: Resources;
  readonly phase: Phase;
  readonly phaseSince: Millis;
  /** When its time or size was changed last after it was booked. */
  readonly spanSince: Millis | null;
  readonly reason: string | null;
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly startsNow: boolean;
  /** The slots it stands in in the ledger, whole. */
  readonly span: TimeSpan;
  readonly expiresAt: Millis;
  readonly acceptedAt: Millis | null;
  readonly handle: Readonly<Record<string, string | number | boolean | null>> | null;
  readonly releasedAt: Millis | null;
  readonly lastLog: string | null;
  readonly connector: ConnectorStatus | null;
  /** What one waits for until the link answers, as the platform says. */
  readonly note: string | null;
  /** When the link first answered. */
  readonly availableSince: Millis | null;
  /** Since when it has been unused, once its owner was told so. */
  readonly idleSince: Millis | null;
  /** When it was last seen in use; only where there is an {@link idleRule}. */
  readonly lastUsedAt: Millis | null;
  readonly idleRule: IdleRule | null;
  /** When the launch attempt that is under way began. */
  readonly launchingSince: Millis | null;
  /** Whether something of it may be on its platform: it was launched, or its platform was asked to. */
  readonly mayBeThere: boolean;
  /** Whether what is held of its owner's sign-in is good for what is to be done: to start it, or to end it. */
  readonly isCovered: boolean;
  /** Why it is still on its platform although it is over; null when that was never in the way. */
  readonly releaseTrouble: string | null;
}

/**
 * What {@link StoredSession} is made of: one statement for all of it, as every step begins with it (Prisma would make one for
 * each of the five tables).
 */
const selectSession = `SELECT s.*, o.created_at, o.request -> 'asked' AS asked, p.name AS platform_name, p.title AS platform_title, p.kind AS platform_kind, p.settings, p.provider,
    p.slot_minutes,
    p.launch_seconds, p.prepare_seconds, p.idle_minutes, p.idle_grace_minutes, 
    u.name AS user_name, c.status AS connector, c.note,
    r.every, r.next_at, r.trouble AS series_trouble, a.launching_since, a.available_since,
    p.provider IS NULL OR (cr.id IS NOT NULL AND cr.dead_since IS NULL AND (cr.withdrawn_at IS NULL OR s.handle IS NOT NULL)
      AND (cr.expires_at IS NULL OR cr.expires_at >= greatest(s.ends_at, now()))) AS is_covered, a.was_touched
  FROM sessions s JOIN platforms p ON p.id = s.platform_id JOIN users u ON u.id = s.user_id
    JOIN offer_sets o ON o.id = s.offer_set_id
    LEFT JOIN credentials cr ON cr.user_id = s.user_id AND cr.provider = p.provider
    LEFT JOIN connectors c ON c.session_id = s.id LEFT JOIN series r ON r.id = s.series_id
    LEFT JOIN LATERAL (SELECT min(started_at) FILTER (WHERE outcome IS NULL) AS launching_since,
        min(finished_at) FILTER (WHERE outcome = 'AVAILABLE') AS available_since, bool_or(NOT untouched) AS was_touched
      FROM launch_attempts WHERE session_id = s.id) a ON true`;

interface Row {
  id: string;
  name: string;
  offer_set_id: string;
  platform_id: string;
  platform_name: string;
  platform_title: string;
  platform_kind: string;
  settings: unknown;
  provider: string | null;
  slot_minutes: number;
  launch_seconds: number;
  prepare_seconds: number;
  lead_seconds: number | null;
  idle_minutes: number | null;
  idle_grace_minutes: number;
  user_id: string;
  user_name: string;
  project_id: string;
  created_at: Date;
  asked: object | null;
  series_id: string | null;
  every: Repetition;
  next_at: Date | null;
  series_trouble: string | null;
  position: number;
  strategy: OfferStrategy;
  executable: Executable;
  cores: number;
  memory_gib: number;
  gpus: number;
  phase: string;
  phase_since: Date;
  span_since: Date | null;
  reason: string | null;
  starts_at: Date;
  ends_at: Date;
  starts_now: boolean;
  slots_from: Date;
  slots_until: Date;
  expires_at: Date;
  accepted_at: Date | null;
  handle: StoredSession["handle"];
  released_at: Date | null;
  last_log: string | null;
  connector: ConnectorStatus | null;
  note: string | null;
  launching_since: Date | null;
  is_covered: boolean;
  was_touched: boolean | null;
  release_trouble: string | null;
  available_since: Date | null;
  idle_since: Date | null;
  last_used_at: Date | null;
}

/** The sessions that `where` leaves. A statement with a name is planned once for each connection. */
export async function sessionsWhere(
  name: string | null,
  where: string,
  values: readonly unknown[],
): Promise<StoredSession[]> {
  const { rows } = await database().pool.query<Row>({
    ...(name === null ? {} : { name: `sessions ${name}` }),
    text: `${selectSession} ${where}`,
    values: [...values],
  });
  return rows.map(toSession);
}

const millis = (at: Date | null): Millis | null => at?.getTime() ?? null;

/** How early it is started as long as nothing was learned for it. */
const usualLead = ({ executable, settings, slot_minutes, prepare_seconds }: Row): number =>
  learnedLead(
    [],
    { mostSeconds: mostLead({ slotMinutes: slot_minutes }), otherwiseSeconds: prepare_seconds },
    fetchSeconds(executable.files ?? [], settings),
  );

function toSession(row: Row): StoredSession {
  if (!isPhase(row.phase)) throw new Error(`session ${row.id} is in the unknown phase ${row.phase}`);
  return {
    id: row.id,
    name: row.name,
    offerSetId: row.offer_set_id,
    platform: {
      id: row.platform_id,
      name: row.platform_name,
      title: row.platform_title,
      kind: row.platform_kind,
      settings: row.settings,
      provider: row.provider,
    },
    slotMinutes: row.slot_minutes,
    launchSeconds: row.launch_seconds,
    prepareSeconds: row.lead_seconds ?? usualLead(row),
    user: { id: row.user_id, name: row.user_name },
    projectId: row.project_id,
    createdAt: row.created_at.getTime(),
    asked: row.asked,
    series:
      row.series_id === null
        ? null
        : { id: row.series_id, every: row.every, nextAt: millis(row.next_at), trouble: row.series_trouble },
    position: row.position,
    strategy: row.strategy,
    executable: row.executable,
    resources: { cores: row.cores, memoryGiB: row.memory_gib, gpus: row.gpus },
    phase: row.phase,
    phaseSince: row.phase_since.getTime(),
    spanSince: millis(row.span_since),
    reason: row.reason,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    startsNow: row.starts_now,
    span: { start: row.slots_from.getTime(), end: row.slots_until.getTime() },
    expiresAt: row.expires_at.getTime(),
    acceptedAt: millis(row.accepted_at),
    handle: row.handle,
    releasedAt: millis(row.released_at),
    lastLog: row.last_log,
    connector: row.connector,
    note: row.note,
    availableSince: millis(row.available_since),
    idleSince: millis(row.idle_since),
    lastUsedAt: millis(row.last_used_at),
    idleRule:
      row.idle_minutes === null ? null : { idleMinutes: row.idle_minutes, graceMinutes: row.idle_grace_minutes },
    launchingSince: millis(row.launching_since),
    isCovered: row.is_covered,
    mayBeThere: row.handle !== null || row.was_touched === true,
    releaseTrouble: row.release_trouble,
  };
}
