"use client";

import { useState } from "react";
import { Button, Heading } from "react-aria-components";
import { repeatSession } from "#app/actions/booking.ts";
import { ChangeTrouble } from "#components/change/change-trouble.tsx";
import { DialogButton } from "#components/change/dialog-button.tsx";
import { useChange } from "#components/change/use-change.ts";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import type { Repetition } from "#lib/booking/occurrences.ts";
import { type Millis, slotStart } from "#lib/booking/slot.ts";
import { clock, dateIn, endOfDate, zoneName } from "#lib/client/zoned-time.ts";

interface RepeatBookingProps {
  readonly session: SessionDetailView;
  readonly now: Millis;
}

const YEAR: Millis = 365 * 86_400_000;

/** Makes a booking come again, every day or every week. */
export function RepeatBooking({ session, now }: RepeatBookingProps) {
  return (
    <DialogButton icon="again" label="Repeat…">
      {(close) => <RepeatDialog {...{ session, now, close }} />}
    </DialogButton>
  );
}

function RepeatDialog({ session, now, close }: RepeatBookingProps & { close: () => void }) {
  const { shown } = useZones();
  const [every, setEvery] = useState<Repetition>("day");
  const [isUntil, setIsUntil] = useState(false);
  const [date, setDate] = useState("");
  const repeating = useChange((until: Millis | null) => repeatSession(session.id, every, until));
  const starts = slotStart({ slotMinutes: session.slotMinutes, windowHours: 0 }, session.startsAt);
  const until = isUntil ? endOfDate(date, shown) : null;
  const isReady = !isUntil || until !== null;
  return (
    <>
      <Heading slot="title" level={2}>
        Repeat this booking
      </Heading>
      <p className="quiet">
        At {clock(starts, "UTC")} UTC each time, with the same shape. Each one becomes a booking of its own as soon as
        its time can be booked.
      </p>
      <fieldset className="choice">
        <legend className="label">How often</legend>
        <div className="seg">
          {(["day", "week"] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="every" checked={every === one} onChange={() => setEvery(one)} />
              <span>every {one}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="choice">
        <legend className="label">How long</legend>
        <div className="seg">
          {[false, true].map((one) => (
            <label key={String(one)}>
              <input type="radio" name="until" checked={isUntil === one} onChange={() => setIsUntil(one)} />
              <span>{one ? "until a date" : "for a year"}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {isUntil && (
        <div className="field until">
          <label htmlFor="repeat-until">Last day, {zoneName(shown)}</label>
          <input
            id="repeat-until"
            className="input"
            type="date"
            min={dateIn(now, shown)}
            max={dateIn(now + YEAR, shown)}
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </div>
      )}
      <ChangeTrouble {...repeating} />
      <div className="foot">
        <Button className="btn" onPress={close}>
          Leave it
        </Button>
        <Button
          className="btn primary"
          isDisabled={!isReady || repeating.isPending}
          onPress={() => repeating.run(until, close)}
        >
          {repeating.isPending ? "Repeating…" : isReady ? `Repeat every ${every}` : "Choose a last day"}
        </Button>
      </div>
    </>
  );
}
