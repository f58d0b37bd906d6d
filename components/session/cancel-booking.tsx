"use client";

import { cancelSession } from "#app/actions/booking.ts";
import { Confirm } from "#components/change/confirm.tsx";
import { useChange } from "#components/change/use-change.ts";
import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionView } from "#lib/api/view.ts";
import { canCancel, isLive } from "#lib/booking/phase.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import { daySpan } from "#lib/client/zoned-time.ts";

/** Cancels a booking, after saying what that means. */
export function CancelBooking({ session }: { session: SessionView }) {
  const zones = useZones();
  const change = useChange<undefined>(() => cancelSession(session.id));
  if (!canCancel(session.phase)) return null;

  const started = isLive(session.phase) || session.phase === "PREPARING";
  return (
    <Confirm
      icon="cross"
      label="Cancel…"
      title={started ? "Cancel this session now?" : "Cancel this booking?"}
      verb={started ? "Cancel the session" : "Cancel the booking"}
      doing="Cancelling…"
      change={change}
    >
      <p className="quiet">
        {daySpan(session.startsAt, session.endsAt, zones)}, {shapeInWords(session.resources)}.
      </p>
      <ul className="end-list small">
        {whatHappens(started).map(({ icon, word, words }) => (
          <li key={word}>
            <Icon name={icon} />
            <span>
              <b>{word}:</b> {words}
            </span>
          </li>
        ))}
      </ul>
    </Confirm>
  );
}

const whatHappens = (started: boolean) =>
  started
    ? ([
        { icon: "check", word: "Stays", words: "everything saved." },
        { icon: "cross", word: "Goes", words: "unsaved cells and running kernels." },
        { icon: "again", word: "Free for others", words: "the rest of the time, at once." },
      ] as const)
    : ([
        { icon: "check", word: "Stays", words: "everything you saved in earlier sessions." },
        { icon: "again", word: "Free for others", words: "the whole time, at once." },
      ] as const);
