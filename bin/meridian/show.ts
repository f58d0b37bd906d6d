import type {
  AbstractExecutionSession,
  ComponentMetadata,
  OfferSetResponse,
} from "#lib/client/broker/generated/schema.d.ts";
import { onOneLine } from "./on-one-line.ts";

/** Offers and sessions as lines for people at a terminal. Times are UTC. */
type Row = readonly string[];

/** Columns as wide as they have to be. */
export function table(head: Row, rows: readonly Row[]): string[] {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: Row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ");
  return [head, ...rows].map((row) => onOneLine(line(row)).trimEnd());
}

export const sessionTable = (sessions: readonly AbstractExecutionSession[]): string[] =>
  table(
    ["SESSION", "PHASE", "STARTS", "FOR", "CORES", "MEMORY", "GPUS", "NAME"],
    sessions.map((one) => [
      one.meta?.uuid ?? "-",
      one.phase ?? "-",
      startOf(one),
      scheduleOf(one)?.duration ?? "-",
      amount(one.compute?.cores),
      amount(one.compute?.memory, " GiB"),
      amount(one.compute?.gpus),
      one.meta?.name ?? "",
    ]),
  );

export function offerSetLines(set: OfferSetResponse): string[] {
  const { offers = [], result } = set;
  const expires = offers.find(({ phase }) => phase === "OFFERED")?.expires;
  const heading =
    result === "YES"
      ? `YES, ${offers.length} ${offers.length === 1 ? "offer" : "offers"}${expires ? `, held until ${inUtc(expires)}` : ""}.`
      : "NO.";
  return [heading, ...(offers.length > 0 ? sessionTable(offers) : []), ...messagesOf(set.meta)];
}

export function sessionLines(session: AbstractExecutionSession): string[] {
  const open = session.meta?.options?.flatMap((option) => ("values" in option ? option.values : [])) ?? [];
  return [
    ...sessionTable([session]),
    ...(session.phase === "OFFERED" && session.expires ? [`Held until ${inUtc(session.expires)}.`] : []),
    ...(open.length > 0 ? [`Possible now: ${open.join(", ")}.`] : []),
    ...messagesOf(session.meta),
  ];
}

export const messagesOf = (meta: ComponentMetadata | undefined): string[] =>
  (meta?.messages ?? []).map(({ level = "INFO", message, kind }) =>
    onOneLine(`  ${level.padEnd(5)}  ${message ?? kind ?? ""}`),
  );

/** Such as `2026-12-01 08:00 UTC`; what is no time stays as it is. */
export function inUtc(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? time : `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

const scheduleOf = (session: AbstractExecutionSession) =>
  "schedule" in session ? session.schedule?.available : undefined;

function startOf(session: AbstractExecutionSession): string {
  const start = scheduleOf(session)?.start?.split("/")[0];
  return start ? inUtc(start) : "-";
}

const amount = (range: { min?: number; max?: number } | undefined, unit = ""): string =>
  range?.min === undefined ? "-" : `${range.min}${unit}`;
