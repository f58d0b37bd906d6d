import type { Metadata } from "next";
import { CalendarDesk } from "#components/calendar/calendar-desk.tsx";
import { Known } from "#components/ui/known.tsx";
import type { AskedInAddress } from "#components/wizard/first-draft.ts";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import { calendarOf, requirePerson } from "../signed-in.ts";

export const metadata: Metadata = { title: "Calendar" };

/** `?type=notebook&cores=4&memory=16&gpus=0&duration=1` fills the form, so that a booking can be made again. */
export default async function CalendarPage({ searchParams }: { searchParams: Promise<AskedInAddress> }) {
  const person = await requirePerson("/calendar");
  const calendar = await calendarOf(person);
  const asked = await searchParams;
  return (
    <Known query={calendarQuery} data={calendar}>
      <CalendarDesk asked={asked} isAdministrator={person.role === "administrator"} />
    </Known>
  );
}
