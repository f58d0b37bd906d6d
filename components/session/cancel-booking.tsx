"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { cancelSession } from "#app/actions/booking.ts";
import { Icon } from "#components/ui/icon.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { SessionView } from "#lib/api/view.ts";
import { canCancel, isLive } from "#lib/booking/phase.ts";
import { shapeInWords } from "#lib/booking/resources.ts";
import { daySpan } from "#lib/client/zoned-time.ts";

/** Cancels a booking, after saying what that means. */
export function CancelBooking({ session }: { session: SessionView }) {
  const zones = useZones();
  const client = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancelSession(session.id),
    onSettled: () => client.invalidateQueries(),
  });
  if (!canCancel(session.phase)) return null;

  const started = isLive(session.phase) || session.phase === "PREPARING";
  const answer = cancelling.data;
  const trouble = cancelling.isError
    ? "The server did not answer as it should. It may have been done: look again in a moment."
    : answer && !answer.ok
      ? answer.no.refusals[0]?.sentence
      : null;
  return (
    <DialogTrigger>
      <Button className="btn bare">
        <Icon name="cross" />
        Cancel…
      </Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="dialog">
          <Dialog role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {started ? "Cancel this session now?" : "Cancel this booking?"}
                </Heading>
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
                <p className="wrong" role="alert">
                  {trouble}
                </p>
                <div className="foot">
                  <Button className="btn" onPress={close} autoFocus>
                    Keep it
                  </Button>
                  <Button
                    className="btn danger"
                    isDisabled={cancelling.isPending}
                    onPress={() => cancelling.mutate(undefined, { onSuccess: (said) => said.ok && close() })}
                  >
                    {cancelling.isPending ? "Cancelling…" : started ? "Cancel the session" : "Cancel the booking"}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
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
