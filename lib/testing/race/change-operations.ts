import { slotLength, slotStart } from "#lib/booking/slot.ts";
import { extendSession } from "#lib/broker/extend-session.ts";
import { moveBooking } from "#lib/broker/move-booking.ts";
import { endSeries, repeatSession } from "#lib/broker/repeat-session.ts";
import { shortenSession } from "#lib/broker/shorten-session.ts";
import { inOneWord, type Operation, ownerOrStranger, type Seen, type Turn } from "./turn.ts";

/** An operation on a booking that somebody has. */
const onBooking = (name: string, weight: number, run: (turn: Turn, booking: Seen) => Promise<string>): Operation => ({
  name,
  weight,
  run: async (turn) => {
    const booking = turn.bookings.pick(turn.random);
    return booking ? run(turn, booking) : "NOTHING";
  },
});

/** What owners do with their bookings. */
export const changeOperations: readonly Operation[] = [
  onBooking("extend", 5, async (turn, booking) => {
    const { now, random } = turn;
    const user = ownerOrStranger(turn, booking);
    const answer = await extendSession({ sessionId: booking.id, user, slots: random.between(1, 2), now });
    return answer.ok ? "YES" : answer.error.refusal.code;
  }),
  onBooking("shorten", 4, async (turn, booking) => {
    const user = ownerOrStranger(turn, booking);
    return inOneWord(await shortenSession({ sessionId: booking.id, user, slots: 1, now: turn.now }));
  }),
  onBooking("move", 5, async (turn, booking) => {
    const { now, random, crowd } = turn;
    const startsAt = slotStart(crowd.platform, now) + random.between(0, 22) * slotLength(crowd.platform);
    const user = ownerOrStranger(turn, booking);
    return inOneWord(await moveBooking({ sessionId: booking.id, user, startsAt, now }));
  }),
  onBooking("repeat", 0.2, async (turn, booking) => {
    const { now, random } = turn;
    const user = ownerOrStranger(turn, booking);
    const until = now + random.between(1, 3) * 86_400_000;
    const answer = await repeatSession({ sessionId: booking.id, user, every: "day", until, now });
    if (answer.ok && random.oneIn(2)) return inOneWord(await endSeries({ seriesId: answer.value.seriesId, user }));
    return inOneWord(answer);
  }),
];
