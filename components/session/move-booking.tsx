"use client";

import { useState } from "react";
import { Button, Heading } from "react-aria-components";
import { choosePlatform, moveBooking } from "#app/actions/booking.ts";
import { ChangeTrouble } from "#components/change/change-trouble.tsx";
import { DialogButton } from "#components/change/dialog-button.tsx";
import { useChange } from "#components/change/use-change.ts";
import { useZones } from "#components/ui/use-zones.ts";
import type { CalendarView, SessionView } from "#lib/api/view.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { clockSpan, day, daySpan } from "#lib/client/zoned-time.ts";
import { moveChoices } from "./move-choices.ts";
import { MoveList } from "./move-list.tsx";

interface MoveBookingProps {
  readonly session: SessionView;
  readonly calendar: CalendarView | undefined;
  readonly now: Millis;
}

/** Gives a booking another start. It keeps the old one until the new one is sure. */
export function MoveBooking({ session, calendar, now }: MoveBookingProps) {
  return (
    <DialogButton icon="calendar" label="Move…" shape="wide">
      {(close) => <MoveDialog {...{ session, calendar, now, close }} />}
    </DialogButton>
  );
}

function MoveDialog({ session, calendar, now, close }: MoveBookingProps & { close: () => void }) {
  const zones = useZones();
  const [wanted, setWanted] = useState<Millis | null>(null);
  const moving = useChange((startsAt: Millis) => moveBooking(session.id, startsAt));
  const showing = useChange((name: string) => choosePlatform(name));
  const isShown = calendar?.platform.name === session.platform.name;
  const choices = isShown ? moveChoices(session, calendar, now) : [];
  // What was free when it was chosen may be gone by now.
  const chosen = choices.find(({ startsAt, says }) => startsAt === wanted && says === "free") ?? null;
  return (
    <>
      <Heading slot="title" level={2}>
        Move this booking
      </Heading>
      <p className="quiet">
        It is {daySpan(session.startsAt, session.endsAt, zones)}, {shapeInWords(session.resources)}. It keeps that time
        until the new one is yours.
      </p>
      {isShown ? (
        <MoveList choices={choices} chosen={chosen?.startsAt ?? null} onChoose={setWanted} />
      ) : (
        <p className="foot">
          <Button className="btn" onPress={() => showing.run(session.platform.name)}>
            Show the slots of {session.platform.title}
          </Button>
        </p>
      )}
      <ChangeTrouble {...moving} />
      <div className="foot">
        <Button className="btn" onPress={close}>
          Leave it
        </Button>
        <Button
          className="btn primary"
          isDisabled={chosen === null || moving.isPending}
          onPress={() => chosen && moving.run(chosen.startsAt, close)}
        >
          {moving.isPending
            ? "Moving…"
            : chosen
              ? `Move to ${day(chosen.startsAt, zones.shown).slice(0, 3)} ${clockSpan(chosen.startsAt, chosen.endsAt, zones.shown)}`
              : "Choose a start"}
        </Button>
      </div>
    </>
  );
}
