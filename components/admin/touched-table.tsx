"use client";

import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { LimitPreviewView, TouchedSessionView } from "#lib/api/view.ts";
import { isLive } from "#lib/booking/phase.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import { clock, clockSpan, day, zoneName } from "#lib/client/zoned-time.ts";
import { WideBox } from "./wide-box.tsx";

const runs = ({ phase }: TouchedSessionView) => isLive(phase) || phase === "PREPARING";

/** What becomes of it, in words. */
function fate(session: TouchedSessionView, goes: boolean): string {
  if (!goes) return "kept";
  if (session.phase === "OFFERED") return "offer released";
  return runs(session) ? "ended now" : "cancelled";
}

/** The bookings that a change touches: those that go first, in the order they go. */
export function TouchedTable({ preview }: { preview: LimitPreviewView }) {
  const { shown } = useZones();
  const rows = [
    ...preview.cancelled.map((session) => ({ session, goes: true })),
    ...preview.honoured.map((session) => ({ session, goes: false })),
  ];
  if (rows.length === 0) return null;
  return (
    <WideBox label="Bookings touched">
      <table className="hits">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Then</th>
            <th scope="col">Slot, {zoneName(shown)}</th>
            <th scope="col">Shape</th>
            <th scope="col">Project</th>
            <th scope="col">Booked</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ session, goes }) => (
            <tr key={session.id} className={goes ? "goes" : "stays"}>
              <th scope="row">{session.user}</th>
              <td className="then">
                <Icon name={goes ? "cross" : "check"} />
                {fate(session, goes)}
              </td>
              <td>
                {day(session.startsAt, shown)} {clockSpan(session.startsAt, session.endsAt, shown)}
              </td>
              <td>{shapeInWords(session)}</td>
              <td>{session.project}</td>
              <td className="quiet">{session.acceptedAt === null ? "not yet" : clock(session.acceptedAt, shown)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  );
}
